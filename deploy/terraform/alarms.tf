locals {
  # Names: docs/reference/lambda.md.
  namespace = "Chartlake"
  metrics = {
    snapshots   = "snapshots_taken"
    age         = "snapshot_age"
    failed      = "lists_failed"
    limited     = "rate_limited"
    days        = "days_committed"
    broken      = "days_failed"
    quarantined = "objects_quarantined"
    contracts   = "contracts_broken"
    read        = "entries_read"
    written     = "entries_written"
    repeated    = "entries_repeated"
  }
  of_lake = { lake = local.lake }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.topics.arn
  tags              = local.tags
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "Alarms"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["${local.arn}:cloudwatch:${local.region}:${local.account}:alarm:${var.name}-*"]
    }
  }

  dynamic "statement" {
    for_each = local.spark

    content {
      sid       = "SparkJob"
      actions   = ["sns:Publish"]
      resources = [aws_sns_topic.alarms.arn]

      principals {
        type        = "Service"
        identifiers = ["events.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = ["${local.arn}:events:${local.region}:${local.account}:rule/${local.spark_rule}"]
      }
    }
  }
}

resource "aws_sns_topic_subscription" "alarms" {
  count = var.alarm_email == "" ? 0 : 1

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.functions

  alarm_name          = "${var.name}-${each.key}-errors"
  alarm_description   = "The function ${var.name}-${each.key} failed. Its log says why: aws logs tail ${aws_cloudwatch_log_group.function[each.key].name} --since 1h"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.all[each.key].function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

# A load reads each item for less than it writes it for, so writes are turned away first.
locals {
  throttled = merge(
    {
      throttles = {
        says      = "Lambda turned calls away, because too many functions of the account ran at once. Nothing is lost: events wait in their queues."
        label     = "Throttled calls"
        namespace = "AWS/Lambda"
        metric    = "Throttles"
        of        = { for key, function in aws_lambda_function.all : key => { FunctionName = function.function_name } }
      }
    },
    { for key in var.dynamodb ? ["dynamodb-throttles"] : [] : key => {
      says      = "DynamoDB turned writes away for a quarter of an hour. Nothing is lost: loads wait and try again, but take long."
      label     = "Throttled writes"
      namespace = "AWS/DynamoDB"
      metric    = "WriteThrottleEvents"
      of        = { for key, table in aws_dynamodb_table.warehouse : key => { TableName = table.name } }
    } }
  )
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  for_each = local.throttled

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = local.tags

  metric_query {
    id          = "all"
    expression  = "SUM(METRICS())"
    label       = each.value.label
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.of

    content {
      id = metric_query.key

      metric {
        namespace   = each.value.namespace
        metric_name = each.value.metric
        dimensions  = metric_query.value
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

# CloudWatch looks back seven days at most, which is too few for a weekly chart. So the age itself is measured every hour,
# and hours without data count as too old: a schedule that no longer runs reports nothing.
resource "aws_cloudwatch_metric_alarm" "freshness" {
  alarm_name          = "${var.name}-freshness"
  alarm_description   = "The newest snapshot is more than ${var.freshness_hours} hours old, or its age was not measured. See the log of ${var.name}-extract, and whether Spotify limits the app."
  namespace           = local.namespace
  metric_name         = local.metrics.age
  dimensions          = local.of_lake
  statistic           = "Minimum"
  period              = 3600
  evaluation_periods  = 3
  threshold           = 3600 * var.freshness_hours
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

# What a function reports as part of its answer, and not as its own failure. The Spark job reports nothing, but fails.
locals {
  by_transform = ["quarantine", "days-failed"]
  reported = { for key, one in {
    quarantine   = { metric = local.metrics.quarantined, says = "Raw data could not be read and is in quarantine. What is wrong: chartlake status --lake ${local.lake}" }
    lists-failed = { metric = local.metrics.failed, says = "Lists of which no snapshot could be had. Why is in the log of ${var.name}-extract." }
    days-failed  = { metric = local.metrics.broken, says = "Days that could not be transformed. Why is in the log of ${var.name}-transform." }
  } : key => one if length(local.spark) == 0 || !contains(local.by_transform, key) }
}

resource "aws_cloudwatch_metric_alarm" "reported" {
  for_each = local.reported

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.says
  namespace           = local.namespace
  metric_name         = each.value.metric
  dimensions          = local.of_lake
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = local.dead_queues

  alarm_name          = "${var.name}-${each.key}-dead-letters"
  alarm_description   = "Events were given up after five tries and lie in ${each.value.name}. Once the cause is gone: aws sqs start-message-move-task --source-arn ${each.value.arn}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each = local.queues

  alarm_name          = "${var.name}-${each.key}-waiting"
  alarm_description   = "Events have waited in ${aws_sqs_queue.events[each.key].name} for more than an hour: the function fails or is throttled."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.events[each.key].name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 3600
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}
