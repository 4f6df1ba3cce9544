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
    condition     = length(aws_glue_crawler.table) == 8
    error_message = "A table has no crawler."
  }

  assert {
    condition     = toset([for table in aws_glue_catalog_table.lake : table.storage_descriptor[0].location]) == toset([for table in local.tables : "s3://chartlake-lake-2026/lake/${table.folder}"])
    error_message = "A table lies elsewhere than its files."
  }
}

run "spark" {
  command = apply

  variables {
    name     = "charts-test"
    deployer = true
    spark    = { workers = 3, timeout_minutes = 90, jar = "./tables.json" }
  }

  assert {
    condition     = aws_glue_job.spark["transform"].glue_version == "5.1" && aws_glue_job.spark["transform"].worker_type == "G.1X" && aws_glue_job.spark["transform"].number_of_workers == 3 && aws_glue_job.spark["transform"].timeout == 90 && aws_glue_job.spark["transform"].max_retries == 0 && one(aws_glue_job.spark["transform"].execution_property).max_concurrent_runs == 1
    error_message = "The job has other machines or limits than asked for, or several runs at once."
  }

  assert {
    condition = aws_glue_job.spark["transform"].default_arguments == tomap({
      "--job-language"           = "scala"
      "--class"                  = "ChartlakeTransform"
      "--extra-jars"             = "s3://chartlake-lake-2026/code/chartlake-spark.jar"
      "--user-jars-first"        = "true"
      "--job-bookmark-option"    = "job-bookmark-disable"
      "--custom-logGroup-prefix" = "/aws-glue/jobs/charts-test-spark"
      "--conf"                   = "spark.executorEnv.AWS_REGION=eu-north-1"
      "--region"                 = "eu-north-1"
      "--lake"                   = "s3://chartlake-lake-2026/lake"
      "--format"                 = "parquet"
    })
    error_message = "The job is told something else."
  }

  assert {
    condition     = one(aws_glue_job.spark["transform"].command).script_location == "s3://chartlake-lake-2026/${aws_s3_object.spark_script["transform"].key}" && one(aws_glue_job.spark["transform"].command).name == "glueetl" && aws_s3_object.spark_jar["transform"].key == "code/chartlake-spark.jar" && aws_s3_object.spark_jar["transform"].source_hash == filemd5("./tables.json")
    error_message = "The job runs something else than what is uploaded, or a new jar is not uploaded."
  }

  assert {
    condition     = toset([for group in aws_cloudwatch_log_group.spark : group.name]) == toset(["/aws-glue/jobs/charts-test-spark/output", "/aws-glue/jobs/charts-test-spark/error"]) && alltrue([for group in aws_cloudwatch_log_group.spark : group.retention_in_days == 30])
    error_message = "The job's log is elsewhere, or kept for ever."
  }

  assert {
    condition = jsonencode({ for statement in data.aws_iam_policy_document.spark["transform"].statement : statement.sid => { actions = sort(statement.actions), resources = sort(statement.resources), only = [for condition in statement.condition : [condition.test, condition.variable, join(",", condition.values)]] } }) == jsonencode({
      Log    = { actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], resources = ["arn:aws:logs:eu-north-1:123456789012:log-group:/aws-glue/jobs/charts-test-spark/*"], only = [] }
      List   = { actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::chartlake-lake-2026"], only = [["StringLikeIfExists", "s3:prefix", "lake/*,code/*"]] }
      Read   = { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::chartlake-lake-2026/code/ChartlakeTransform.scala", "arn:aws:s3:::chartlake-lake-2026/code/chartlake-spark.jar", "arn:aws:s3:::chartlake-lake-2026/lake/*"], only = [] }
      Write  = { actions = ["s3:AbortMultipartUpload", "s3:PutObject"], resources = ["arn:aws:s3:::chartlake-lake-2026/lake/*"], only = [] }
      Delete = { actions = ["s3:DeleteObject"], resources = ["arn:aws:s3:::chartlake-lake-2026/lake/*"], only = [] }
    })
    error_message = "The job may do something else than transform the lake."
  }

  assert {
    condition = jsonencode({ for statement in data.aws_iam_policy_document.function["transform"].statement : statement.sid => { actions = sort(statement.actions), resources = sort(statement.resources) } }) == jsonencode({
      Log      = { actions = ["logs:CreateLogStream", "logs:PutLogEvents"], resources = ["arn:aws:logs:eu-north-1:123456789012:log-group:group:*"] }
      List     = { actions = ["s3:ListBucket"], resources = ["arn:aws:s3:::chartlake-lake-2026"] }
      StartJob = { actions = ["glue:GetJobRuns", "glue:StartJobRun"], resources = ["arn:aws:glue:eu-north-1:123456789012:job/charts-test-spark"] }
      Events   = { actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], resources = ["arn:aws:sqs:eu-north-1:123456789012:queue"] }
    })
    error_message = "The function may do something else than look whether something waits, and start the job."
  }

  assert {
    condition     = one(one(data.aws_iam_policy_document.assume["glue_job"].statement).principals).identifiers == toset(["glue.amazonaws.com"]) && toset([for condition in one(data.aws_iam_policy_document.assume["glue_job"].statement).condition : join(",", condition.values)]) == toset(["123456789012", "arn:aws:glue:eu-north-1:123456789012:job/charts-test-spark"])
    error_message = "Something else than this job can have its rights."
  }

  assert {
    condition = aws_iam_role.spark["transform"].permissions_boundary == aws_iam_policy.boundary.arn && length(setsubtract(
      flatten([for statement in concat(data.aws_iam_policy_document.spark["transform"].statement, data.aws_iam_policy_document.function["transform"].statement) : statement.actions]),
      flatten([for statement in data.aws_iam_policy_document.boundary.statement : statement.actions]),
    )) == 0
    error_message = "A role exceeds the boundary, or the boundary takes from it what it needs."
  }

  assert {
    condition     = aws_lambda_function.all["transform"].handler == "dev.chartlake.aws.lambda.StartSparkFunction" && aws_lambda_function.all["transform"].environment[0].variables.CHARTLAKE_GLUE_JOB == aws_glue_job.spark["transform"].name
    error_message = "Nothing starts the job, or the function transforms, too."
  }

  # A day's messages are not given up while a run may still be working on it, and come again more often than the alarm sounds.
  assert {
    condition     = aws_lambda_event_source_mapping.events["transform"].maximum_batching_window_in_seconds == 300 && aws_sqs_queue.events["transform"].visibility_timeout_seconds == 900 && jsondecode(aws_sqs_queue.events["transform"].redrive_policy).maxReceiveCount == 11 && jsondecode(aws_sqs_queue.events["catalog"].redrive_policy).maxReceiveCount == 5
    error_message = "Events are given up while the job may still run, or never."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.spark_failed["transform"].event_pattern).detail == { jobName = ["charts-test-spark"], state = ["FAILED", "TIMEOUT", "ERROR"] } && aws_cloudwatch_event_target.spark_failed["transform"].arn == aws_sns_topic.alarms.arn && contains([for statement in data.aws_iam_policy_document.alarms.statement : statement.sid], "SparkJob") && contains(flatten([for statement in data.aws_iam_policy_document.topics_key.statement : [for principal in statement.principals : tolist(principal.identifiers)]]), "events.amazonaws.com")
    error_message = "Nobody hears of a run that failed."
  }

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.reported) == ["lists-failed"]
    error_message = "There are alarms for what the job does not measure."
  }

  assert {
    condition     = toset(keys(aws_iam_policy.deployer)) == toset(["data", "compute", "roles", "spark"]) && toset(flatten([for statement in data.aws_iam_policy_document.deployer["spark"].statement : statement.resources])) == toset(["arn:aws:glue:eu-north-1:123456789012:job/charts-test-spark", "arn:aws:logs:eu-north-1:123456789012:log-group:/aws-glue/jobs/charts-test-spark/*", "arn:aws:events:eu-north-1:123456789012:rule/charts-test-spark-failed"])
    error_message = "A deployer may not make the job, or may change others."
  }

  assert {
    condition     = output.minutes == 10 && output.spark_job == "charts-test-spark"
    error_message = "Another job is shown, or tables too early."
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
    condition     = length(aws_dynamodb_table.warehouse) + length(aws_glue_crawler.table) + length(aws_sns_topic_subscription.alarms) + length(aws_s3_object.lists) + length(aws_quicksight_data_source.athena) + length(aws_quicksight_data_set.chart) + length(aws_quicksight_dashboard.charts) + length(aws_iam_group.deployer) + length(aws_iam_role.snowflake) + length(aws_glue_job.spark) + length(aws_iam_role.spark) + length(aws_s3_object.spark_jar) + length(aws_s3_object.spark_script) + length(aws_cloudwatch_log_group.spark) + length(aws_cloudwatch_event_rule.spark_failed) + length(aws_cloudwatch_event_target.spark_failed) == 0
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

  assert {
    condition     = aws_lambda_function.all["transform"].handler == "dev.chartlake.aws.lambda.TransformFunction" && output.minutes == 2 && output.spark_job == "" && !contains(keys(data.aws_iam_policy_document.assume), "glue_job") && !strcontains(jsonencode([data.aws_iam_policy_document.boundary.statement, data.aws_iam_policy_document.function["transform"].statement]), "glue:StartJobRun") && !strcontains(jsonencode([data.aws_iam_policy_document.topics_key.statement, data.aws_iam_policy_document.alarms.statement]), "events.amazonaws.com")
    error_message = "There are traces of a Spark job that nobody asked for."
  }
}
