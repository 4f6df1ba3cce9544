# What AWS would answer is made up.
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
