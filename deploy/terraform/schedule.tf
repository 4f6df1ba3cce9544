resource "aws_scheduler_schedule_group" "extract" {
  name = var.name
  tags = local.tags
}

resource "aws_scheduler_schedule" "extract" {
  name                         = "${var.name}-extract"
  description                  = "Takes snapshots of all lists."
  group_name                   = aws_scheduler_schedule_group.extract.name
  schedule_expression          = var.schedule
  schedule_expression_timezone = var.schedule_time_zone

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = aws_lambda_alias.live["extract"].arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({})

    retry_policy {
      maximum_event_age_in_seconds = 6 * 3600
      maximum_retry_attempts       = 10
    }

    dead_letter_config {
      arn = aws_sqs_queue.missed.arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

# How old the newest snapshot is, for the alarm: more often than snapshots are taken.
resource "aws_scheduler_schedule" "age" {
  name                = "${var.name}-age"
  description         = "Measures how old the newest snapshot is."
  group_name          = aws_scheduler_schedule_group.extract.name
  schedule_expression = "rate(1 hour)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.live["extract"].arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ measure = "age" })

    retry_policy {
      maximum_event_age_in_seconds = 1800
      maximum_retry_attempts       = 2
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

resource "aws_iam_role" "scheduler" {
  name                 = "${var.name}-scheduler"
  description          = "Calls the function that takes snapshots."
  assume_role_policy   = data.aws_iam_policy_document.assume["scheduler"].json
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "scheduler" {
  name   = "work"
  role   = aws_iam_role.scheduler.id
  policy = data.aws_iam_policy_document.scheduler.json
}

data "aws_iam_policy_document" "scheduler" {
  statement {
    sid       = "Call"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_alias.live["extract"].arn]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.missed.arn]
  }
}
