# GET ?playlist_id=… and POST, for callers that sign their requests as an IAM identity with the policy `trigger`.
locals {
  # One of the two: only a REST API can be private.
  public_api  = length(var.private_api_endpoints) == 0 ? ["this"] : []
  private_api = length(var.private_api_endpoints) == 0 ? [] : ["this"]
  api_arn     = one(concat([for api in aws_apigatewayv2_api.trigger : api.execution_arn], [for api in aws_api_gateway_rest_api.trigger : api.execution_arn]))
  api_stage   = length(local.public_api) > 0 ? "$default" : "live"
  api_url     = one(concat([for stage in aws_apigatewayv2_stage.trigger : stage.invoke_url], [for stage in aws_api_gateway_stage.trigger : "${stage.invoke_url}/"]))
}

resource "aws_apigatewayv2_api" "trigger" {
  for_each = toset(local.public_api)

  name          = "${var.name}-trigger"
  description   = "Takes a snapshot of one list."
  protocol_type = "HTTP"
  tags          = local.tags
}

resource "aws_apigatewayv2_integration" "trigger" {
  for_each = aws_apigatewayv2_api.trigger

  api_id                 = each.value.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live["http"].invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

resource "aws_apigatewayv2_route" "trigger" {
  for_each = length(local.public_api) > 0 ? toset(["GET /", "POST /"]) : toset([])

  api_id             = aws_apigatewayv2_api.trigger["this"].id
  route_key          = each.value
  target             = "integrations/${aws_apigatewayv2_integration.trigger["this"].id}"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_stage" "trigger" {
  for_each = aws_apigatewayv2_api.trigger

  api_id      = each.value.id
  name        = "$default"
  auto_deploy = true
  tags        = local.tags

  default_route_settings {
    throttling_rate_limit  = 5
    throttling_burst_limit = 10
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    # No query strings and no headers: they may hold what a log should not.
    format = jsonencode({
      time     = "$context.requestTime"
      id       = "$context.requestId"
      caller   = "$context.identity.caller"
      method   = "$context.httpMethod"
      status   = "$context.status"
      error    = "$context.error.message"
      duration = "$context.responseLatency"
    })
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/apigateway/${var.name}-trigger"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.all["http"].function_name
  qualifier     = aws_lambda_alias.live["http"].name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${local.api_arn}/*/*/"
}

data "aws_iam_policy_document" "trigger" {
  statement {
    sid     = "Trigger"
    actions = ["execute-api:Invoke"]
    resources = [
      "${local.api_arn}/${local.api_stage}/GET/",
      "${local.api_arn}/${local.api_stage}/POST/",
    ]
  }
}

resource "aws_iam_policy" "trigger" {
  name        = "${var.name}-trigger"
  description = "May ask for snapshots over HTTP."
  policy      = data.aws_iam_policy_document.trigger.json
  tags        = local.tags
}
