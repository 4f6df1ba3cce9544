locals {
  function_names = { for key, function in aws_lambda_function.all : key => function.function_name }

  lambda_widgets = [for metric, stat in { Invocations = "Sum", Errors = "Sum", Duration = "p95", Throttles = "Sum" } : {
    title   = "Functions: ${metric} (${stat})"
    metrics = [for key, name in local.function_names : ["AWS/Lambda", metric, "FunctionName", name, { stat = stat, label = key }]]
  }]

  lake_widgets = [for title, widget in {
    "1 Snapshots"  = { stat = "Sum", metrics = ["snapshots", "failed", "limited"] }
    "2 Age in s"   = { stat = "Maximum", metrics = ["age"] }
    "3 Entries"    = { stat = "Sum", metrics = ["read", "written", "repeated"] }
    "4 Days"       = { stat = "Sum", metrics = ["days", "broken"] }
    "5 Quarantine" = { stat = "Sum", metrics = ["quarantined", "contracts"] }
    } : {
    title   = "Lake: ${substr(title, 2, -1)}"
    metrics = [for metric in widget.metrics : [local.namespace, local.metrics[metric], "lake", local.lake, { stat = widget.stat }]]
  }]

  queue_widgets = [
    {
      title   = "Events that wait"
      metrics = [for key, queue in aws_sqs_queue.events : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { stat = "Maximum", label = key }]]
    },
    {
      title   = "Events given up"
      metrics = [for key, queue in local.dead_queues : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.name, { stat = "Maximum", label = key }]]
    },
    {
      title = "HTTP trigger"
      metrics = concat(
        [for pair in setproduct([for api in aws_apigatewayv2_api.trigger : api.id], ["Count", "4xx", "5xx"]) : ["AWS/ApiGateway", pair[1], "ApiId", pair[0], { stat = "Sum" }]],
        [for pair in setproduct([for api in aws_api_gateway_rest_api.trigger : api.name], ["Count", "4XXError", "5XXError"]) : ["AWS/ApiGateway", pair[1], "ApiName", pair[0], { stat = "Sum" }]],
      )
    },
    {
      title   = "Bytes scanned by Athena"
      metrics = [["AWS/Athena", "ProcessedBytes", "WorkGroup", aws_athena_workgroup.lake.name, "QueryState", "SUCCEEDED", "QueryType", "DML", { stat = "Sum" }]]
    },
  ]

  widgets = concat(local.lake_widgets, local.lambda_widgets, local.queue_widgets)
}

resource "aws_cloudwatch_dashboard" "lake" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type       = "alarm"
        x          = 0
        y          = 0
        width      = 24
        height     = 3
        properties = { title = "Alarms", alarms = local.alarm_arns }
      }],
      [for index, widget in local.widgets : {
        type   = "metric"
        x      = (index % 3) * 8
        y      = 3 + floor(index / 3) * 6
        width  = 8
        height = 6
        properties = {
          title   = widget.title
          metrics = widget.metrics
          region  = local.region
          period  = 300
          view    = "timeSeries"
        }
      }],
    )
  })
}

locals {
  alarm_arns = concat(
    [aws_cloudwatch_metric_alarm.freshness.arn],
    [for alarm in aws_cloudwatch_metric_alarm.reported : alarm.arn],
    [for alarm in aws_cloudwatch_metric_alarm.errors : alarm.arn],
    [for alarm in aws_cloudwatch_metric_alarm.dead_letters : alarm.arn],
    [for alarm in aws_cloudwatch_metric_alarm.waiting : alarm.arn],
    [for alarm in aws_cloudwatch_metric_alarm.throttles : alarm.arn],
  )
}
