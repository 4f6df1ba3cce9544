# The transform as a Spark job of AWS Glue, which the function `transform` then only starts: docs/how-to/spark.md.
locals {
  spark = var.spark == null ? {} : { transform = var.spark }

  # Known before the job exists, because its role, its function and the boundary name it.
  spark_job     = "${var.name}-spark"
  spark_job_arn = "${local.arn}:glue:${local.region}:${local.account}:job/${local.spark_job}"
  spark_logs    = "/aws-glue/jobs/${local.spark_job}"
  spark_rule    = "${var.name}-spark-failed"

  # Beside the lake, not in it.
  spark_jar    = "code/chartlake-spark.jar"
  spark_script = "code/ChartlakeTransform.scala"

  start_spark = { for key in keys(local.spark) : key => {
    handler   = "dev.chartlake.aws.lambda.StartSparkFunction"
    does      = "Starts the Spark job for the days that have new raw data."
    timeout   = 100
    variables = { CHARTLAKE_GLUE_JOB = local.spark_job }
  } }

  start_spark_rights = { for key in keys(local.spark) : key => {
    list   = [local.prefix]
    read   = []
    write  = []
    delete = []
  } }

  # An extract of many lists takes minutes, and a run should not start before its end. While a day waits, its messages come
  # again every quarter of an hour, the queue's visibility timeout: until a run could have taken all of its time, and then
  # four times more.
  start_spark_queue = { for key, one in local.spark : key => {
    prefix   = local.waiting
    batch    = 1000
    window   = 300
    receives = 5 + ceil(60 * one.timeout_minutes / 900)
  } }
}

resource "aws_s3_object" "spark_jar" {
  for_each = local.spark

  bucket      = aws_s3_bucket.lake.id
  key         = local.spark_jar
  source      = each.value.jar
  source_hash = fileexists(each.value.jar) ? filemd5(each.value.jar) : null
}

resource "aws_s3_object" "spark_script" {
  for_each = local.spark

  bucket      = aws_s3_bucket.lake.id
  key         = local.spark_script
  source      = "${path.module}/spark/ChartlakeTransform.scala"
  source_hash = filemd5("${path.module}/spark/ChartlakeTransform.scala")
}

resource "aws_glue_job" "spark" {
  for_each = local.spark

  name              = local.spark_job
  description       = "Makes tables of the days that have new raw data."
  role_arn          = aws_iam_role.spark[each.key].arn
  glue_version      = "5.1"
  worker_type       = "G.1X"
  number_of_workers = each.value.workers
  timeout           = each.value.timeout_minutes
  tags              = local.tags

  # The function starts it again while something waits. A retry of Glue's would repeat what cannot succeed.
  max_retries = 0

  execution_property {
    max_concurrent_runs = 1
  }

  command {
    name            = "glueetl"
    script_location = "s3://${aws_s3_bucket.lake.id}/${aws_s3_object.spark_script[each.key].key}"
  }

  default_arguments = {
    "--job-language"           = "scala"
    "--class"                  = "ChartlakeTransform"
    "--extra-jars"             = "s3://${aws_s3_bucket.lake.id}/${aws_s3_object.spark_jar[each.key].key}"
    "--user-jars-first"        = "true"
    "--job-bookmark-option"    = "job-bookmark-disable"
    "--custom-logGroup-prefix" = local.spark_logs
    "--conf"                   = "spark.executorEnv.AWS_REGION=${local.region}"
    "--region"                 = local.region
    "--lake"                   = local.lake
    "--format"                 = var.table_format
  }

  depends_on = [aws_iam_role_policy.spark, aws_cloudwatch_log_group.spark]
}

# Glue 5 writes to the log all the time, into groups of these names.
resource "aws_cloudwatch_log_group" "spark" {
  for_each = length(local.spark) == 0 ? toset([]) : toset(["output", "error"])

  name              = "${local.spark_logs}/${each.key}"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_iam_role" "spark" {
  for_each = local.spark

  name                 = "${var.name}-spark"
  description          = "Makes tables of the days that have new raw data, on Spark."
  assume_role_policy   = data.aws_iam_policy_document.assume["glue_job"].json
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "spark" {
  for_each = local.spark

  name   = "work"
  role   = aws_iam_role.spark[each.key].id
  policy = data.aws_iam_policy_document.spark[each.key].json
}

data "aws_iam_policy_document" "spark" {
  for_each = local.spark

  # Glue asks for a group before it writes, although both are there.
  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${local.region}:${local.account}:log-group:${local.spark_logs}/*"]
  }

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.lake.arn]

    # If it exists: to ask for an object that is not there names no prefix, and must be answered with 404 and not 403.
    condition {
      test     = "StringLikeIfExists"
      variable = "s3:prefix"
      values   = ["${local.prefix}*", "code/*"]
    }
  }

  statement {
    sid     = "Read"
    actions = ["s3:GetObject"]
    resources = [
      "${aws_s3_bucket.lake.arn}/${local.prefix}*",
      "${aws_s3_bucket.lake.arn}/${local.spark_jar}",
      "${aws_s3_bucket.lake.arn}/${local.spark_script}",
    ]
  }

  statement {
    sid       = "Write"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.lake.arn}/${local.prefix}*"]
  }

  statement {
    sid       = "Delete"
    actions   = ["s3:DeleteObject"]
    resources = ["${aws_s3_bucket.lake.arn}/${local.prefix}*"]
  }
}

# The job measures nothing, but fails if a day fails, a contract breaks, or something goes into quarantine.
resource "aws_cloudwatch_event_rule" "spark_failed" {
  for_each = local.spark

  name        = local.spark_rule
  description = "A run of the Spark job failed."
  tags        = local.tags

  event_pattern = jsonencode({
    source      = ["aws.glue"]
    detail-type = ["Glue Job State Change"]
    detail      = { jobName = [local.spark_job], state = ["FAILED", "TIMEOUT", "ERROR"] }
  })
}

resource "aws_cloudwatch_event_target" "spark_failed" {
  for_each = local.spark

  rule = aws_cloudwatch_event_rule.spark_failed[each.key].name
  arn  = aws_sns_topic.alarms.arn

  input_transformer {
    input_paths    = { run = "$.detail.jobRunId", state = "$.detail.state" }
    input_template = "\"The Spark job ${local.spark_job} ended with <state>. Why is in the stream <run>-driver of the log groups ${local.spark_logs}/output and /error.\""
  }

  depends_on = [aws_sns_topic_policy.alarms]
}
