data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.name
  partition = data.aws_partition.current.partition

  arn = "arn:${local.partition}"

  # Below these prefixes lies what is said in docs/reference/lake.md.
  lake        = "s3://${aws_s3_bucket.lake.id}/lake"
  prefix      = "lake/"
  waiting     = "${local.prefix}raw_data/to_process/"
  transformed = "${local.prefix}transformed_data/"
  manifests   = "${local.transformed}_days/"
  commits     = "${local.transformed}_commits/"

  # Beside the lake, not in it.
  results = "athena-results/"

  database = replace(var.name, "-", "_")

  dynamodb_prefix = "${var.name}-"

  tags = {
    application = var.name
  }
}
