output "lake" {
  description = "The lake, for --lake."
  value       = local.lake
}

output "secret" {
  description = "Puts the credentials of your Spotify app into the secret. It asks for them, so they reach no history of commands."
  value       = "read -rp 'Client id: ' id && read -rsp 'Client secret: ' secret && printf '{\"SPOTIFY_CLIENT_ID\":\"%s\",\"SPOTIFY_CLIENT_SECRET\":\"%s\"}' \"$id\" \"$secret\" | aws secretsmanager put-secret-value --region ${local.region} --secret-id ${aws_secretsmanager_secret.spotify.name} --secret-string file:///dev/stdin"
}

output "first_snapshot" {
  description = "Takes a snapshot of all lists now."
  value       = "printf '{}' | aws lambda invoke --region ${local.region} --function-name ${aws_lambda_alias.live["extract"].arn} --cli-read-timeout 0 --payload fileb:///dev/stdin /dev/stdout"
}

output "region" {
  description = "Where everything is."
  value       = local.region
}

output "extract_function" {
  description = "The function that takes snapshots."
  value       = aws_lambda_alias.live["extract"].arn
}

output "extract_log" {
  description = "Its log."
  value       = aws_cloudwatch_log_group.function["extract"].name
}

output "load_dynamodb" {
  description = "Loads new days into the DynamoDB tables. Empty without these."
  value       = var.dynamodb ? "AWS_REGION=${local.region} CHARTLAKE_DYNAMODB_PREFIX=${local.dynamodb_prefix} ${join("", [for variable, value in local.dynamodb_form : "${variable}=${value} "])}./chartlake load dynamodb --lake ${local.lake}" : ""
}

output "query" {
  description = "Asks Athena for the newest chart."
  value       = "AWS_REGION=${local.region} ./chartlake query --engine athena --workgroup ${aws_athena_workgroup.lake.name} --database ${aws_glue_catalog_database.lake.name} \"SELECT position, song_name, artist_names FROM chart_history WHERE snapshot_date = (SELECT max(snapshot_date) FROM chart_history) ORDER BY playlist_id, position\""
}

output "trigger_url" {
  description = "Takes a snapshot of one list: GET with ?playlist_id=…, signed."
  value       = local.api_url
}

output "trigger_policy" {
  description = "The policy of those who may use the trigger."
  value       = aws_iam_policy.trigger.arn
}

output "alarms" {
  description = "The topic of the alarms."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard" {
  description = "The dashboard of the functions, queues and alarms."
  value       = "https://${local.region}.console.aws.amazon.com/cloudwatch/home?region=${local.region}#dashboards/dashboard/${aws_cloudwatch_dashboard.lake.dashboard_name}"
}

output "charts" {
  description = "The QuickSight dashboard of the charts. Empty without one."
  value       = var.quicksight_dashboard ? "https://${local.region}.quicksight.aws.amazon.com/sn/dashboards/${aws_quicksight_dashboard.charts[0].dashboard_id}" : ""
}

output "workgroup" {
  description = "The Athena workgroup."
  value       = aws_athena_workgroup.lake.name
}

output "database" {
  description = "The Glue database."
  value       = aws_glue_catalog_database.lake.name
}

output "dynamodb_prefix" {
  description = "What the names of the DynamoDB tables start with."
  value       = local.dynamodb_prefix
}

output "snowflake_role" {
  description = "The role that Snowflake assumes, for STORAGE_AWS_ROLE_ARN. Empty without Snowflake."
  value       = length(local.snowflake) > 0 ? "${local.arn}:iam::${local.account}:role/${local.snowflake_role}" : ""
}

output "snowflake_external_id" {
  description = "What Snowflake has to say when it assumes the role, for STORAGE_AWS_EXTERNAL_ID. Not a secret. Empty without Snowflake."
  value       = join("", values(local.snowflake_external_id))
}

output "snowflake_stage" {
  description = "The lake, as Snowflake's integration and stage name it. Empty without Snowflake."
  value       = length(local.snowflake) > 0 ? "${local.lake}/" : ""
}

output "minutes" {
  description = "How many minutes after a snapshot its day is a table, at least."
  value       = length(local.spark) == 0 ? 2 : 10
}

output "spark_job" {
  description = "The Spark job. Empty without one."
  value       = join("", [for job in aws_glue_job.spark : job.name])
}
