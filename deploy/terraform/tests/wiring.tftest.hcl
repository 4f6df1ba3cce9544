# Runs without an account.
mock_provider "aws" {
  source = "./tests/aws"
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

    snowflake = {
      user_arn  = "arn:aws:iam::111122223333:user/abc1-b-self1234"
      queue_arn = "arn:aws:sqs:eu-north-1:111122223333:sf-snowpipe-AIDAEXAMPLE-abc"
    }
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
    condition     = merge({ for queue in aws_s3_bucket_notification.lake.queue : queue.id => queue.filter_prefix }, { for topic in aws_s3_bucket_notification.lake.topic : topic.id => topic.filter_prefix }) == { transform = "lake/raw_data/to_process/", manifests = "lake/transformed_data/_days/", snowflake = "lake/transformed_data/_commits/" }
    error_message = "The bucket tells of other objects than raw ones that wait, manifests, and commits."
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
    condition     = length(aws_dynamodb_table.warehouse) + length(aws_glue_crawler.table) + length(aws_sns_topic_subscription.alarms) + length(aws_s3_object.lists) + length(aws_quicksight_data_source.athena) + length(aws_quicksight_data_set.chart) + length(aws_quicksight_dashboard.charts) + length(aws_iam_group.deployer) + length(aws_iam_role.snowflake) == 0
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
