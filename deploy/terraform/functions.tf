# Names of classes and variables: docs/reference/lambda.md. A test of the build holds them to the code.
locals {
  common_variables = {
    CHARTLAKE_LAKE = local.lake
    # A function ends before the optimising compiler would pay.
    JAVA_TOOL_OPTIONS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"
  }
  spotify_variables = {
    CHARTLAKE_SECRET_ARN = aws_secretsmanager_secret.spotify.arn
  }

  functions = merge(local.always, local.loads)
  loads     = merge(local.dynamodb, local.postgres)

  # Loads nothing where there are no tables.
  dynamodb = !var.dynamodb ? {} : {
    load = {
      handler   = "dev.chartlake.aws.lambda.LoadFunction"
      does      = "Loads committed days into the DynamoDB tables."
      timeout   = 900
      variables = merge({ CHARTLAKE_DYNAMODB_PREFIX = local.dynamodb_prefix }, local.dynamodb_form)
    }
  }

  # With Spark, the function `transform` is another one.
  always = merge({
    extract = {
      handler   = "dev.chartlake.aws.lambda.ExtractFunction"
      does      = "Takes snapshots of the lists."
      timeout   = 900
      variables = merge(local.spotify_variables, local.few_lists)
    }
    transform = {
      handler   = "dev.chartlake.aws.lambda.TransformFunction"
      does      = "Makes tables of the days that have new raw data."
      timeout   = 300
      variables = { CHARTLAKE_FORMAT = var.table_format }
    }
    catalog = {
      handler = "dev.chartlake.aws.lambda.CatalogFunction"
      does    = "Registers committed days in the Glue Data Catalog."
      timeout = 300
      variables = {
        CHARTLAKE_GLUE_DATABASE    = local.database
        CHARTLAKE_ATHENA_WORKGROUP = var.name
      }
    }
    http = {
      handler = "dev.chartlake.aws.lambda.HttpFunction"
      does    = "Takes a snapshot of one list when it is asked to."
      timeout = 30
      # The gateway waits no longer than 30 seconds.
      variables = merge(local.spotify_variables, { SPOTIFY_MAX_WAIT = "5" })
    }
  }, local.start_spark)
}

resource "aws_lambda_function" "all" {
  for_each = local.functions

  function_name    = "${var.name}-${each.key}"
  description      = each.value.does
  role             = aws_iam_role.function[each.key].arn
  runtime          = "java17"
  architectures    = [var.architecture]
  handler          = each.value.handler
  filename         = var.functions_zip
  source_code_hash = fileexists(var.functions_zip) ? filebase64sha256(var.functions_zip) : null
  memory_size      = 512
  timeout          = each.value.timeout
  publish          = true
  tags             = local.tags

  dynamic "vpc_config" {
    for_each = contains(keys(local.in_vpc), each.key) ? [local.in_vpc[each.key]] : []

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  snap_start {
    apply_on = "PublishedVersions"
  }

  environment {
    variables = merge(local.common_variables, each.value.variables)
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function[each.key].name
  }

  depends_on = [aws_iam_role_policy.function]
}

# SnapStart works for published versions alone, so everything calls the alias.
resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = "live"
  description      = "The version that is called."
  function_name    = aws_lambda_function.all[each.key].function_name
  function_version = aws_lambda_function.all[each.key].version
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_lambda_event_source_mapping" "events" {
  for_each = local.queues

  event_source_arn                   = aws_sqs_queue.events[each.key].arn
  function_name                      = aws_lambda_alias.live[each.key].arn
  batch_size                         = each.value.batch
  maximum_batching_window_in_seconds = each.value.window
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 2
  }

  depends_on = [aws_iam_role_policy.function]
}

# Two tries after the first: an error that stays becomes an alarm, not a loop.
resource "aws_lambda_function_event_invoke_config" "extract" {
  function_name                = aws_lambda_function.all["extract"].function_name
  qualifier                    = aws_lambda_alias.live["extract"].name
  maximum_retry_attempts       = 2
  maximum_event_age_in_seconds = 6 * 3600

  destination_config {
    on_failure {
      destination = aws_sqs_queue.missed.arn
    }
  }

  depends_on = [aws_iam_role_policy.function]
}

# The variables of a function hold 4 KB in all. Where the lists are more, they are an object in the lake.
locals {
  lists     = join(",", var.lists)
  many      = length(local.lists) > 3000
  few_lists = local.lists == "" || local.many ? {} : { CHARTLAKE_LISTS = local.lists }
}

resource "aws_s3_object" "lists" {
  count = local.many ? 1 : 0

  bucket       = aws_s3_bucket.lake.id
  key          = "${local.prefix}_chartlake/lists.txt"
  content      = "${join("\n", var.lists)}\n"
  content_type = "text/plain; charset=utf-8"
}
