# What happens in the bucket waits in a queue for the function that deals with it.
#
# Transform: 70 events within a minute make at most 10 transforms. Lambda reads a queue with five pollers, each of which
# collects for 60 seconds or 1000 events: so a minute, which touches two such windows, makes at most ten calls.
locals {
  queues = merge(
    {
      transform = { prefix = local.waiting, batch = 1000, window = 60 }
      catalog   = { prefix = local.manifests, batch = 100, window = 20 }
    },
    { for key in keys(local.loads) : key => { prefix = local.manifests, batch = 100, window = 20 } },
    local.start_spark_queue,
  )

  # A bucket tells one place of each prefix. Of manifests two functions want to hear, so a topic tells their queues.
  told_by_topic = { for key, queue in local.queues : key => queue if queue.prefix == local.manifests }
}

resource "aws_sqs_queue" "events" {
  for_each = local.queues

  name                       = "${var.name}-${each.key}"
  sqs_managed_sse_enabled    = true
  message_retention_seconds  = 14 * 86400
  visibility_timeout_seconds = 6 * local.functions[each.key].timeout + each.value.window
  receive_wait_time_seconds  = 20
  tags                       = local.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead[each.key].arn
    maxReceiveCount     = try(each.value.receives, 5)
  })
}

resource "aws_sqs_queue" "dead" {
  for_each = local.queues

  name                      = "${var.name}-${each.key}-dead"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 86400
  tags                      = local.tags
}

# A schedule whose function cannot be called at all leaves its event here.
resource "aws_sqs_queue" "missed" {
  name                      = "${var.name}-extract-dead"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 86400
  tags                      = local.tags
}

locals {
  all_queues = merge(
    { for key, queue in aws_sqs_queue.events : key => queue },
    { for key, queue in aws_sqs_queue.dead : "${key}-dead" => queue },
    { "extract-dead" = aws_sqs_queue.missed },
  )
  dead_queues = merge(
    { for key, queue in aws_sqs_queue.dead : key => queue },
    { extract = aws_sqs_queue.missed },
  )
}

data "aws_iam_policy_document" "queue" {
  for_each = toset(concat(keys(local.queues), [for key in keys(local.queues) : "${key}-dead"], ["extract-dead"]))

  statement {
    sid    = "OnlyTls"
    effect = "Deny"

    # A denial is meant for everything.
    actions   = ["sqs:*"]
    resources = [local.all_queues[each.key].arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.told_by_topic), each.key) ? [1] : []

    content {
      sid       = "EventsOfTheTopic"
      actions   = ["sqs:SendMessage"]
      resources = [local.all_queues[each.key].arn]

      principals {
        type        = "Service"
        identifiers = ["sns.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [aws_sns_topic.manifests.arn]
      }
    }
  }

  dynamic "statement" {
    for_each = each.key == "transform" ? [1] : []

    content {
      sid       = "EventsOfTheBucket"
      actions   = ["sqs:SendMessage"]
      resources = [local.all_queues[each.key].arn]

      principals {
        type        = "Service"
        identifiers = ["s3.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [aws_s3_bucket.lake.arn]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "events" {
  for_each = data.aws_iam_policy_document.queue

  queue_url = local.all_queues[each.key].id
  policy    = each.value.json
}

resource "aws_sns_topic" "manifests" {
  name              = "${var.name}-manifests"
  kms_master_key_id = aws_kms_key.topics.arn
  tags              = local.tags
}

resource "aws_sns_topic_policy" "manifests" {
  arn    = aws_sns_topic.manifests.arn
  policy = data.aws_iam_policy_document.manifests.json
}

data "aws_iam_policy_document" "manifests" {
  statement {
    sid       = "EventsOfTheBucket"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.manifests.arn]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_s3_bucket.lake.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_sns_topic_subscription" "manifests" {
  for_each = local.told_by_topic

  topic_arn            = aws_sns_topic.manifests.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.events[each.key].arn
  raw_message_delivery = true

  depends_on = [aws_sqs_queue_policy.events]
}
