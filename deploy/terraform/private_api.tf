# The same API within a VPC, for `private_api_endpoints`.
resource "aws_api_gateway_rest_api" "trigger" {
  for_each = toset(local.private_api)

  name        = "${var.name}-trigger"
  description = "Takes a snapshot of one list."
  tags        = local.tags

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = var.private_api_endpoints
  }
}

data "aws_iam_policy_document" "private_api" {
  for_each = aws_api_gateway_rest_api.trigger

  statement {
    sid       = "OfThisAccount"
    actions   = ["execute-api:Invoke"]
    resources = ["${each.value.execution_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["${local.arn}:iam::${local.account}:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = var.private_api_endpoints
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "trigger" {
  for_each = aws_api_gateway_rest_api.trigger

  rest_api_id = each.value.id
  policy      = data.aws_iam_policy_document.private_api[each.key].json
}

resource "aws_api_gateway_method" "trigger" {
  for_each = length(local.private_api) > 0 ? toset(["GET", "POST"]) : toset([])

  rest_api_id   = aws_api_gateway_rest_api.trigger["this"].id
  resource_id   = aws_api_gateway_rest_api.trigger["this"].root_resource_id
  http_method   = each.value
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "trigger" {
  for_each = aws_api_gateway_method.trigger

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_alias.live["http"].invoke_arn
}

resource "aws_api_gateway_deployment" "trigger" {
  for_each = aws_api_gateway_rest_api.trigger

  rest_api_id = each.value.id

  # A deployment is a copy: another policy, method or function needs another one.
  triggers = {
    content = sha1(jsonencode([
      aws_api_gateway_rest_api_policy.trigger[each.key].policy, aws_api_gateway_method.trigger,
      aws_api_gateway_integration.trigger,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "trigger" {
  for_each = aws_api_gateway_deployment.trigger

  rest_api_id   = each.value.rest_api_id
  deployment_id = each.value.id
  stage_name    = "live"
  tags          = local.tags
}

resource "aws_api_gateway_method_settings" "trigger" {
  for_each = aws_api_gateway_stage.trigger

  rest_api_id = each.value.rest_api_id
  stage_name  = each.value.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = 5
    throttling_burst_limit = 10
  }
}

# The public trigger of an earlier version keeps its address.
moved {
  from = aws_apigatewayv2_api.trigger
  to   = aws_apigatewayv2_api.trigger["this"]
}

moved {
  from = aws_apigatewayv2_integration.trigger
  to   = aws_apigatewayv2_integration.trigger["this"]
}

moved {
  from = aws_apigatewayv2_stage.trigger
  to   = aws_apigatewayv2_stage.trigger["this"]
}
