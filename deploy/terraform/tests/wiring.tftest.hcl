# Runs without an account: what AWS would answer is made up.
mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-north-1" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { id = "chartlake-lake-2026", arn = "arn:aws:s3:::chartlake-lake-2026" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-north-1:123456789012:queue", url = "https://sqs.eu-north-1.amazonaws.com/123456789012/queue" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/role" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/policy" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-north-1:123456789012:function:function", version = "7" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = {
      arn        = "arn:aws:lambda:eu-north-1:123456789012:function:function:live"
      invoke_arn = "arn:aws:apigateway:eu-north-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-north-1:123456789012:function:function:live/invocations"
    }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-north-1:123456789012:log-group:group" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-north-1:123456789012:key/key", key_id = "key" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-north-1:123456789012:topic" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:eu-north-1:123456789012:alarm:alarm" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-north-1:123456789012:secret:chartlake-spotify-abc", name = "chartlake-spotify-abc" }
  }
  mock_resource "aws_apigatewayv2_api" {
    defaults = { id = "api123", execution_arn = "arn:aws:execute-api:eu-north-1:123456789012:api123" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { id = "rest123", root_resource_id = "root", execution_arn = "arn:aws:execute-api:eu-north-1:123456789012:rest123" }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { invoke_url = "https://rest123.execute-api.eu-north-1.amazonaws.com/live" }
  }
  mock_resource "aws_athena_workgroup" {
    defaults = { arn = "arn:aws:athena:eu-north-1:123456789012:workgroup/chartlake" }
  }
  mock_resource "aws_quicksight_data_source" {
    defaults = { arn = "arn:aws:quicksight:eu-north-1:123456789012:datasource/chartlake" }
  }
  mock_resource "aws_quicksight_data_set" {
    defaults = { arn = "arn:aws:quicksight:eu-north-1:123456789012:dataset/chart" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-north-1:123456789012:table/table" }
  }
}

variables {
  functions_zip = "./tables.json"
  lists         = ["4ChartLakeNorwayTop50A", "spotify:playlist:4ChartLakeGlobalTop50A"]
}

run "everything" {
  command = apply

  variables {
    alarm_email     = "someone@example.org"
    crawlers        = true
    deployer        = true
    quicksight_user = "arn:aws:quicksight:eu-north-1:123456789012:user/default/someone"

    quicksight_dashboard = true
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.deployer["quicksight"].statement : [
        for resource in statement.resources : can(regex(":(datasource/chartlake|dataset/chartlake-[*]|dashboard/chartlake-charts)$", resource))
      ]
    ])) && length(data.aws_iam_policy_document.deployer["quicksight"].statement) == 3
    error_message = "A deployer may not make what this module makes in QuickSight, or may change what others made there."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.lake.block_public_acls && aws_s3_bucket_public_access_block.lake.block_public_policy && aws_s3_bucket_public_access_block.lake.ignore_public_acls && aws_s3_bucket_public_access_block.lake.restrict_public_buckets
    error_message = "The bucket can become public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.lake.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket keeps no versions."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.lake.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "The bucket is not encrypted."
  }

  assert {
    condition     = aws_s3_bucket.lake.force_destroy == false
    error_message = "The bucket can be destroyed with what it holds, although it is protected."
  }

  assert {
    condition = alltrue([
      for statement in concat(data.aws_iam_policy_document.lake.statement, flatten([for queue in data.aws_iam_policy_document.queue : queue.statement])) :
      statement.effect != "Deny" || [for condition in statement.condition : condition.variable] == ["aws:SecureTransport"]
    ])
    error_message = "A policy denies something else than requests without TLS."
  }

  assert {
    condition     = merge({ for queue in aws_s3_bucket_notification.lake.queue : queue.id => queue.filter_prefix }, { for topic in aws_s3_bucket_notification.lake.topic : topic.id => topic.filter_prefix }) == { transform = "lake/raw_data/to_process/", manifests = "lake/transformed_data/_days/" }
    error_message = "The bucket tells of other objects than raw ones that wait, and manifests."
  }

  assert {
    condition = alltrue([
      for mapping in aws_lambda_event_source_mapping.events :
      contains(mapping.function_response_types, "ReportBatchItemFailures") && mapping.scaling_config[0].maximum_concurrency == 2
    ])
    error_message = "A batch is repeated as a whole, or too many of them run at once."
  }

  # Five pollers, two windows in any minute.
  assert {
    condition     = aws_lambda_event_source_mapping.events["transform"].batch_size >= 70 && aws_lambda_event_source_mapping.events["transform"].maximum_batching_window_in_seconds >= 60
    error_message = "70 events within a minute may make more than 10 transforms."
  }

  assert {
    condition = alltrue([
      for key, queue in aws_sqs_queue.events :
      queue.visibility_timeout_seconds >= 6 * aws_lambda_function.all[key].timeout && jsondecode(queue.redrive_policy).maxReceiveCount == 5
    ])
    error_message = "A message may come again while it is worked on, or is never given up."
  }

  assert {
    condition     = alltrue([for function in aws_lambda_function.all : function.runtime == "java17" && function.snap_start[0].apply_on == "PublishedVersions" && function.publish && function.memory_size == 512])
    error_message = "A function does not start from a snapshot, or has another runtime."
  }

  assert {
    condition     = length(distinct([for role in aws_iam_role.function : role.name])) == length(aws_lambda_function.all)
    error_message = "Functions share a role."
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.trigger : route.authorization_type == "AWS_IAM"]) && length(aws_apigatewayv2_route.trigger) == 2
    error_message = "The trigger is open to anyone."
  }

  assert {
    condition     = aws_lambda_function.all["extract"].environment[0].variables.CHARTLAKE_LISTS == "4ChartLakeNorwayTop50A,spotify:playlist:4ChartLakeGlobalTop50A" && length(aws_s3_object.lists) == 0
    error_message = "The function is not told which lists to take."
  }

  assert {
    condition     = aws_athena_workgroup.lake.configuration[0].bytes_scanned_cutoff_per_query == 10000000000 && aws_athena_workgroup.lake.configuration[0].enforce_workgroup_configuration
    error_message = "Queries have no limit, or clients may set their own."
  }

  assert {
    condition     = alltrue(concat([for group in aws_cloudwatch_log_group.function : group.retention_in_days == 30], [aws_cloudwatch_log_group.api.retention_in_days == 30]))
    error_message = "A log is kept for ever."
  }

  assert {
    condition     = alltrue([for alarm in local.alarm_arns : startswith(alarm, "arn:")]) && length(local.alarm_arns) == 5 + 3 + 4 + 3 + 3
    error_message = "The dashboard does not show all alarms."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.freshness.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.freshness.metric_name == "snapshot_age" && aws_cloudwatch_metric_alarm.freshness.threshold == 30 * 3600
    error_message = "No alarm sounds when no snapshots are taken."
  }

  assert {
    condition     = jsondecode(aws_scheduler_schedule.age.target[0].input).measure == "age" && aws_scheduler_schedule.age.schedule_expression == "rate(1 hour)"
    error_message = "The age of the newest snapshot is measured less often than the alarm looks."
  }

  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == aws_kms_key.topics.arn && aws_kms_key.topics.enable_key_rotation
    error_message = "Alarms are not encrypted."
  }

  assert {
    condition     = keys(aws_sns_topic_subscription.manifests) == ["catalog", "load"] && alltrue([for subscription in aws_sns_topic_subscription.manifests : subscription.raw_message_delivery && subscription.protocol == "sqs"])
    error_message = "A function does not hear of manifests, or not as S3 says it."
  }

  assert {
    condition     = aws_lambda_function.all["load"].environment[0].variables.CHARTLAKE_DYNAMODB_PREFIX == "chartlake-" && alltrue([for table in aws_dynamodb_table.warehouse : startswith(table.name, "chartlake-")])
    error_message = "The function loads other tables than those that are made."
  }

  assert {
    condition     = output.load_dynamodb == "AWS_REGION=eu-north-1 CHARTLAKE_DYNAMODB_PREFIX=chartlake- ./chartlake load dynamodb --lake s3://chartlake-lake-2026/lake"
    error_message = "The command that is shown loads other tables than those that are made."
  }

  assert {
    condition     = length(aws_glue_crawler.table) == 7
    error_message = "A table has no crawler."
  }

  assert {
    condition     = toset([for table in aws_glue_catalog_table.lake : table.storage_descriptor[0].location]) == toset([for table in local.tables : "s3://chartlake-lake-2026/lake/${table.folder}"])
    error_message = "A table lies elsewhere than its files."
  }
}

run "quicksight_without_a_dashboard" {
  command = plan

  variables {
    deployer        = true
    quicksight_user = "arn:aws:quicksight:eu-north-1:123456789012:user/default/someone"
  }

  assert {
    condition     = toset([for statement in data.aws_iam_policy_document.deployer["quicksight"].statement : statement.sid]) == toset(["Source", "Datasets"])
    error_message = "A deployer may make a dashboard that nobody asked for, or no data sets."
  }
}

run "a_deployer_without_quicksight" {
  command = plan

  variables {
    deployer = true
  }

  assert {
    condition     = toset(keys(aws_iam_policy.deployer)) == toset(["data", "compute", "roles"])
    error_message = "A deployer has rights in QuickSight, where nothing is made."
  }
}

run "as_little_as_possible" {
  command = apply

  variables {
    lists    = []
    dynamodb = false
    protect  = false
  }

  assert {
    condition     = length(aws_dynamodb_table.warehouse) + length(aws_glue_crawler.table) + length(aws_sns_topic_subscription.alarms) + length(aws_s3_object.lists) + length(aws_quicksight_data_source.athena) + length(aws_quicksight_data_set.chart) + length(aws_quicksight_dashboard.charts) + length(aws_iam_group.deployer) == 0
    error_message = "Something is made that nobody asked for."
  }

  assert {
    condition     = !contains(keys(aws_lambda_function.all), "load") && keys(aws_sns_topic_subscription.manifests) == ["catalog"] && output.load_dynamodb == ""
    error_message = "Without tables, something loads them."
  }

  assert {
    condition     = aws_s3_bucket.lake.force_destroy && aws_secretsmanager_secret.spotify.recovery_window_in_days == 0
    error_message = "What is not protected cannot be destroyed at once."
  }
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
