# Runs without an account: each option by itself, and what is refused.
mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  functions_zip = "./tables.json"
  lists         = ["4ChartLakeNorwayTop50A", "spotify:playlist:4ChartLakeGlobalTop50A"]
}

run "readers_of_older_tables" {
  command = apply

  variables {
    dynamodb_keys = "id"
    dynamodb_urls = "api"
  }

  assert {
    condition     = aws_lambda_function.all["load"].environment[0].variables.CHARTLAKE_DYNAMODB_KEYS == "id" && aws_lambda_function.all["load"].environment[0].variables.CHARTLAKE_DYNAMODB_URLS == "api"
    error_message = "The function writes items in another form."
  }

  assert {
    condition     = output.load_dynamodb == "AWS_REGION=eu-north-1 CHARTLAKE_DYNAMODB_PREFIX=chartlake- CHARTLAKE_DYNAMODB_KEYS=id CHARTLAKE_DYNAMODB_URLS=api ./chartlake load dynamodb --lake s3://chartlake-lake-2026/lake"
    error_message = "The command that is shown writes items in another form."
  }
}

run "keys_have_two_forms" {
  command = plan

  variables {
    dynamodb_keys = "name"
  }

  expect_failures = [var.dynamodb_keys]
}

run "datasets_without_a_dashboard" {
  command = apply

  variables {
    quicksight_user = "arn:aws:quicksight:eu-north-1:123456789012:user/default/someone"
  }

  assert {
    condition     = length(aws_quicksight_data_set.view) == 7 && length(aws_quicksight_data_set.chart) + length(aws_quicksight_dashboard.charts) == 0
    error_message = "A dashboard is made that nobody asked for."
  }
}

run "a_dashboard_has_an_owner" {
  command = plan

  variables {
    quicksight_dashboard = true
  }

  expect_failures = [var.quicksight_dashboard]
}

run "many_lists" {
  command = apply

  variables {
    lists = [for number in range(200) : format("4ChartLakeNorwayTop%03d", number)]
  }

  assert {
    condition     = aws_s3_object.lists[0].key == "lake/_chartlake/lists.txt" && length(split("\n", trimspace(aws_s3_object.lists[0].content))) == 200
    error_message = "The lists are not where the function looks for them."
  }

  assert {
    condition     = !contains(keys(aws_lambda_function.all["extract"].environment[0].variables), "CHARTLAKE_LISTS")
    error_message = "The variable has no room for so many lists."
  }
}

run "a_chart_is_not_asked_for_every_minute" {
  command = plan

  variables {
    schedule = "rate(1 minute)"
  }

  expect_failures = [var.schedule]
}

run "a_trigger_within_a_vpc" {
  command = apply

  variables {
    private_api_endpoints = ["vpce-0123456789abcdef0"]
  }

  assert {
    condition     = length(aws_apigatewayv2_api.trigger) == 0 && length(aws_apigatewayv2_route.trigger) == 0 && aws_api_gateway_rest_api.trigger["this"].endpoint_configuration[0].types[0] == "PRIVATE"
    error_message = "The trigger can be reached from the internet."
  }

  assert {
    condition     = alltrue([for method in aws_api_gateway_method.trigger : method.authorization == "AWS_IAM"]) && length(aws_api_gateway_method.trigger) == 2 && one(one(data.aws_iam_policy_document.private_api["this"].statement).condition).variable == "aws:SourceVpce"
    error_message = "The trigger is open to anyone in the VPC, or to other VPCs."
  }

  assert {
    condition     = output.trigger_url == "https://rest123.execute-api.eu-north-1.amazonaws.com/live/"
    error_message = "The address that is shown is not the trigger's."
  }
}

run "an_endpoint_has_an_id" {
  command = plan

  variables {
    private_api_endpoints = ["vpc-1"]
  }

  expect_failures = [var.private_api_endpoints]
}

# CloudWatch looks back seven days at most.
run "a_weekly_chart" {
  command = apply

  variables {
    schedule        = "cron(0 12 ? * FRI *)"
    freshness_hours = 180
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.freshness.period * aws_cloudwatch_metric_alarm.freshness.evaluation_periods <= 7 * 86400 && aws_cloudwatch_metric_alarm.freshness.threshold == 180 * 3600
    error_message = "CloudWatch does not take such an alarm."
  }
}

run "every_form_of_a_list" {
  command = plan

  variables {
    lists = [
      "4ChartLakeNorwayTop50A",
      "spotify:playlist:4ChartLakeNorwayTop50A",
      "spotify:user:someone:playlist:4ChartLakeNorwayTop50A",
      "https://open.spotify.com/playlist/4ChartLakeNorwayTop50A?si=abc",
      "open.spotify.com/intl-de/playlist/4ChartLakeNorwayTop50A",
      "https://open.spotify.com/embed/playlist/4ChartLakeNorwayTop50A#x",
      "https://open.spotify.com/user/someone/playlist/4ChartLakeNorwayTop50A/",
    ]
  }
}

run "a_name_is_not_a_list" {
  command = plan

  variables {
    lists = ["4ChartLakeNorwayTop50A", "Top 50 - Global"]
  }

  expect_failures = [var.lists]
}

run "a_song_is_not_a_list" {
  command = plan

  variables {
    lists = ["https://open.spotify.com/track/4ChartLakeNorwayTop50A"]
  }

  expect_failures = [var.lists]
}

run "an_id_that_is_cut_is_not_a_list" {
  command = plan

  variables {
    lists = ["4ChartLakeNorwayTop50"]
  }

  expect_failures = [var.lists]
}

run "two_lists_in_one_text_are_not_a_list" {
  command = plan

  variables {
    lists = ["4ChartLakeNorwayTop50A,4ChartLakeGlobalTop50A"]
  }

  expect_failures = [var.lists]
}

run "a_snapshot_cannot_be_fresh_for_no_time" {
  command = plan

  variables {
    freshness_hours = 0
  }

  expect_failures = [var.freshness_hours]
}

# deploy/down works where nothing was built.
run "without_a_zip" {
  command = apply

  variables {
    functions_zip = "./not-built.zip"
    protect       = false
  }

  assert {
    condition     = aws_s3_bucket.lake.force_destroy
    error_message = "The bucket cannot be destroyed."
  }
}

run "a_postgres_within_a_vpc" {
  command = apply

  variables {
    postgres = {
      host               = "charts.cluster.eu-north-1.rds.amazonaws.com"
      database           = "charts"
      schema             = "spotify"
      secret_arn         = "arn:aws:secretsmanager:eu-north-1:123456789012:secret:rds-charts"
      subnet_ids         = ["subnet-1", "subnet-2"]
      security_group_ids = ["sg-1"]
    }
  }

  assert {
    condition     = aws_lambda_function.all["load-postgres"].environment[0].variables.PGHOST == "charts.cluster.eu-north-1.rds.amazonaws.com" && aws_lambda_function.all["load-postgres"].environment[0].variables.CHARTLAKE_WAREHOUSE == "postgres" && aws_lambda_function.all["load-postgres"].environment[0].variables.CHARTLAKE_POSTGRES_SCHEMA == "spotify"
    error_message = "The function loads something else."
  }

  assert {
    condition     = toset(aws_lambda_function.all["load-postgres"].vpc_config[0].subnet_ids) == toset(["subnet-1", "subnet-2"]) && length(aws_lambda_function.all["load"].vpc_config) == 0
    error_message = "A function is in the wrong network."
  }

  assert {
    condition     = contains(keys(aws_sns_topic_subscription.manifests), "load-postgres") && contains(keys(aws_lambda_event_source_mapping.events), "load-postgres")
    error_message = "Nobody tells the function of committed days."
  }

  assert {
    condition     = local.secrets["load-postgres"] == "arn:aws:secretsmanager:eu-north-1:123456789012:secret:rds-charts" && local.secrets["extract"] == aws_secretsmanager_secret.spotify.arn
    error_message = "A function may read the wrong secret."
  }
}

run "a_postgres_needs_a_secret" {
  command = plan

  variables {
    postgres = { host = "h", database = "d", secret_arn = "hunter2" }
  }

  expect_failures = [var.postgres]
}

run "a_function_in_subnets_needs_security_groups" {
  command = plan

  variables {
    postgres = { host = "h", database = "d", secret_arn = "arn:aws:secretsmanager:eu-north-1:123456789012:secret:s", subnet_ids = ["subnet-1"] }
  }

  expect_failures = [var.postgres]
}

# deploy/down works where nothing was built.
run "a_spark_job_of_the_usual_size_without_its_jar" {
  command = plan

  variables {
    spark        = { jar = "./not-built.jar" }
    table_format = "csv"
  }

  assert {
    condition     = aws_glue_job.spark["transform"].number_of_workers == 2 && aws_glue_job.spark["transform"].timeout == 60 && aws_glue_job.spark["transform"].default_arguments["--format"] == "csv"
    error_message = "The usual job is another one, or writes another format."
  }
}

run "a_spark_job_has_a_driver_and_a_worker" {
  command = plan

  variables {
    spark = { workers = 1 }
  }

  expect_failures = [var.spark]
}

run "a_spark_job_ends" {
  command = plan

  variables {
    spark = { timeout_minutes = 2880 }
  }

  expect_failures = [var.spark]
}

run "without_snowflake" {
  command = apply

  assert {
    condition     = length(aws_iam_role.snowflake) + length(aws_iam_role_policy.snowflake) == 0 && output.snowflake_role == "" && output.snowflake_external_id == "" && output.snowflake_stage == ""
    error_message = "There is a role for Snowflake that nobody asked for."
  }

  assert {
    condition     = [for queue in aws_s3_bucket_notification.lake.queue : queue.id] == ["transform"]
    error_message = "The bucket tells Snowflake of commits, although there is none."
  }
}

# Before the integration exists: Snowflake needs the role's ARN to create it.
run "a_role_for_snowflake_that_nobody_can_assume_yet" {
  command = apply

  variables {
    name      = "charts-test"
    snowflake = {}
  }

  assert {
    condition     = output.snowflake_role == "arn:aws:iam::123456789012:role/charts-test-snowflake" && aws_iam_role.snowflake["this"].name == "charts-test-snowflake"
    error_message = "The role has another name than Snowflake is told."
  }

  assert {
    condition     = output.snowflake_external_id == "chartlake-lake-2026" && output.snowflake_stage == "s3://chartlake-lake-2026/lake/"
    error_message = "Snowflake is told another external id or lake."
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.snowflake_trust["this"].statement : statement.effect] == ["Deny"] && one(one(data.aws_iam_policy_document.snowflake_trust["this"].statement).principals).identifiers == toset(["*"])
    error_message = "Somebody can assume the role before Snowflake's user is known."
  }

  assert {
    condition     = [for queue in aws_s3_bucket_notification.lake.queue : queue.id] == ["transform"]
    error_message = "The bucket has events for a queue that is not known."
  }
}

run "snowflakes_user_assumes_the_role_with_its_external_id" {
  command = apply

  variables {
    snowflake = {
      user_arn    = "arn:aws:iam::111122223333:user/abc1-b-self1234"
      external_id = "of_our_own"
    }
  }

  assert {
    condition     = [for statement in data.aws_iam_policy_document.snowflake_trust["this"].statement : coalesce(statement.effect, "Allow")] == ["Allow"] && one(one(data.aws_iam_policy_document.snowflake_trust["this"].statement).principals).identifiers == toset(["arn:aws:iam::111122223333:user/abc1-b-self1234"]) && one(data.aws_iam_policy_document.snowflake_trust["this"].statement).actions == toset(["sts:AssumeRole"])
    error_message = "Somebody else than Snowflake's user can assume the role."
  }

  assert {
    condition     = [for condition in one(data.aws_iam_policy_document.snowflake_trust["this"].statement).condition : [condition.test, condition.variable, join(",", condition.values)]] == [["StringEquals", "sts:ExternalId", "of_our_own"]] && output.snowflake_external_id == "of_our_own"
    error_message = "Snowflake's user can assume the role without the external id."
  }

  assert {
    condition = jsonencode({ for statement in data.aws_iam_policy_document.snowflake["this"].statement : statement.sid => { actions = sort(statement.actions), resources = sort(statement.resources), only = [for condition in statement.condition : [condition.test, condition.variable, join(",", condition.values)]] } }) == jsonencode({
      Read   = { actions = ["s3:GetObject", "s3:GetObjectVersion"], resources = ["arn:aws:s3:::chartlake-lake-2026/lake/transformed_data/*"], only = [] }
      List   = { actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::chartlake-lake-2026"], only = [["StringLike", "s3:prefix", "lake/transformed_data/*"]] }
      Region = { actions = ["s3:GetBucketLocation"], resources = ["arn:aws:s3:::chartlake-lake-2026"], only = [] }
    })
    error_message = "Snowflake may do something else than read and list the tables."
  }

  assert {
    condition     = aws_iam_role.snowflake["this"].permissions_boundary == aws_iam_policy.boundary.arn && length(setsubtract(flatten([for statement in data.aws_iam_policy_document.snowflake["this"].statement : statement.actions]), flatten([for statement in data.aws_iam_policy_document.boundary.statement : statement.actions]))) == 0
    error_message = "The role exceeds the boundary, or the boundary takes from it what it needs."
  }

  assert {
    condition     = [for queue in aws_s3_bucket_notification.lake.queue : queue.id] == ["transform"]
    error_message = "The bucket has events for a queue that is not known."
  }
}

run "snowflakes_queue_hears_of_commits_alone" {
  command = apply

  variables {
    snowflake = {
      user_arn  = "arn:aws:iam::111122223333:user/abc1-b-self1234"
      queue_arn = "arn:aws:sqs:eu-north-1:111122223333:sf-snowpipe-AIDAEXAMPLE-abc"
    }
  }

  assert {
    condition     = [for queue in aws_s3_bucket_notification.lake.queue : [queue.queue_arn, queue.filter_prefix, queue.filter_suffix, join(",", queue.events)] if queue.id == "snowflake"] == [["arn:aws:sqs:eu-north-1:111122223333:sf-snowpipe-AIDAEXAMPLE-abc", "lake/transformed_data/_commits/", ".json", "s3:ObjectCreated:*"]]
    error_message = "Snowflake's queue hears of something else than commits."
  }

  # S3 refuses two configurations that one object matches.
  assert {
    condition     = alltrue([for pair in setproduct(concat(aws_s3_bucket_notification.lake.queue[*].filter_prefix, aws_s3_bucket_notification.lake.topic[*].filter_prefix), concat(aws_s3_bucket_notification.lake.queue[*].filter_prefix, aws_s3_bucket_notification.lake.topic[*].filter_prefix)) : pair[0] == pair[1] || !startswith(pair[0], pair[1])])
    error_message = "Two notifications are for the same objects."
  }
}

run "snowflakes_queue_is_in_the_buckets_region" {
  command = plan

  variables {
    snowflake = {
      user_arn  = "arn:aws:iam::111122223333:user/abc1-b-self1234"
      queue_arn = "arn:aws:sqs:us-east-1:111122223333:sf-snowpipe-AIDAEXAMPLE-abc"
    }
  }

  expect_failures = [aws_s3_bucket_notification.lake]
}

run "a_role_is_not_snowflakes_user" {
  command = plan

  variables {
    snowflake = { user_arn = "arn:aws:iam::111122223333:role/someone" }
  }

  expect_failures = [var.snowflake]
}

run "everybody_is_not_snowflakes_user" {
  command = plan

  variables {
    snowflake = { user_arn = "*" }
  }

  expect_failures = [var.snowflake]
}

run "a_topic_is_not_snowflakes_queue" {
  command = plan

  variables {
    snowflake = { queue_arn = "arn:aws:sns:eu-north-1:111122223333:topic" }
  }

  expect_failures = [var.snowflake]
}
