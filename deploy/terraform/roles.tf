# One role for each function, with what that function does and nothing else.
data "aws_iam_policy_document" "assume" {
  for_each = merge(
    {
      lambda    = { service = "lambda.amazonaws.com", source = "" }
      scheduler = { service = "scheduler.amazonaws.com", source = "${local.arn}:scheduler:${local.region}:${local.account}:schedule-group/${var.name}" }
      glue      = { service = "glue.amazonaws.com", source = "${local.arn}:glue:${local.region}:${local.account}:crawler/${var.name}-*" }
    },
    length(local.spark) == 0 ? {} : { glue_job = { service = "glue.amazonaws.com", source = local.spark_job_arn } },
  )

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value.service]
    }

    # Lambda does not say for whom it takes up a role.
    dynamic "condition" {
      for_each = each.key == "lambda" ? [] : [1]

      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
    }

    dynamic "condition" {
      for_each = each.key == "lambda" ? [] : [each.value.source]

      content {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = [condition.value]
      }
    }
  }
}

locals {
  # What each function reads, writes and deletes in the bucket, by prefix.
  lake_rights = merge({
    extract = {
      list   = [local.prefix]
      read   = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
      write  = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
      delete = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
    }
    transform = {
      list   = [local.prefix]
      read   = [local.prefix]
      write  = [local.prefix]
      delete = [local.prefix]
    }
    catalog = {
      list   = [local.prefix, local.results]
      read   = [local.manifests, "${local.prefix}_chartlake/", local.results]
      write  = ["${local.prefix}_chartlake/", local.results]
      delete = ["${local.prefix}_chartlake/"]
    }
    load = {
      list   = [local.prefix]
      read   = [local.transformed, "${local.prefix}_chartlake/"]
      write  = ["${local.prefix}_chartlake/"]
      delete = ["${local.prefix}_chartlake/"]
    }
    load-postgres = {
      list   = [local.prefix]
      read   = [local.transformed, "${local.prefix}_chartlake/"]
      write  = ["${local.prefix}_chartlake/"]
      delete = ["${local.prefix}_chartlake/"]
    }
    http = {
      list   = [local.prefix]
      read   = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
      write  = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
      delete = ["${local.prefix}raw_data/", "${local.prefix}_chartlake/"]
    }
  }, local.start_spark_rights)
  secrets = merge(
    { for key in ["extract", "http"] : key => aws_secretsmanager_secret.spotify.arn },
    { for key in keys(local.postgres) : key => var.postgres.secret_arn },
  )
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name                 = "${var.name}-${each.key}"
  description          = each.value.does
  assume_role_policy   = data.aws_iam_policy_document.assume["lambda"].json
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name   = "work"
  role   = aws_iam_role.function[each.key].id
  policy = data.aws_iam_policy_document.function[each.key].json
}

data "aws_iam_policy_document" "function" {
  for_each = local.functions

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function[each.key].arn}:*"]
  }

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.lake.arn]

    # If it exists: to ask for an object that is not there names no prefix, and must be answered with 404 and not 403.
    condition {
      test     = "StringLikeIfExists"
      variable = "s3:prefix"
      values   = [for prefix in local.lake_rights[each.key].list : "${prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.lake_rights[each.key].read) > 0 ? [1] : []

    content {
      sid       = "Read"
      actions   = ["s3:GetObject"]
      resources = [for prefix in local.lake_rights[each.key].read : "${aws_s3_bucket.lake.arn}/${prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.lake_rights[each.key].write) > 0 ? [1] : []

    content {
      sid       = "Write"
      actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
      resources = [for prefix in local.lake_rights[each.key].write : "${aws_s3_bucket.lake.arn}/${prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.lake_rights[each.key].delete) > 0 ? [1] : []

    content {
      sid       = "Delete"
      actions   = ["s3:DeleteObject"]
      resources = [for prefix in local.lake_rights[each.key].delete : "${aws_s3_bucket.lake.arn}/${prefix}*"]
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.secrets), each.key) ? [1] : []

    content {
      sid       = "Secret"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [local.secrets[each.key]]
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.in_vpc), each.key) ? [1] : []

    content {
      sid       = "Interfaces"
      actions   = local.interface_action
      resources = local.interface_arns
    }
  }

  # These cannot be limited to some of them.
  dynamic "statement" {
    for_each = contains(keys(local.in_vpc), each.key) ? [1] : []

    content {
      sid       = "LookAtInterfaces"
      actions   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.queues), each.key) ? [1] : []

    content {
      sid       = "Events"
      actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      resources = [aws_sqs_queue.events[each.key].arn]
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.start_spark), each.key) ? [1] : []

    content {
      sid       = "StartJob"
      actions   = local.spark_start_actions
      resources = [local.spark_job_arn]
    }
  }

  dynamic "statement" {
    for_each = each.key == "extract" ? [1] : []

    content {
      sid       = "DeadLetters"
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.missed.arn]
    }
  }

  dynamic "statement" {
    for_each = each.key == "catalog" ? [1] : []

    content {
      sid       = "Catalog"
      actions   = local.catalog_actions
      resources = local.catalog_arns
    }
  }

  dynamic "statement" {
    for_each = each.key == "load" ? [1] : []

    content {
      sid       = "Tables"
      actions   = local.dynamodb_actions
      resources = [for table in aws_dynamodb_table.warehouse : table.arn]
    }
  }

  # Athena looks at this one before anything else.
  dynamic "statement" {
    for_each = each.key == "catalog" ? [1] : []

    content {
      sid       = "DefaultDatabase"
      actions   = ["glue:GetDatabase"]
      resources = [local.default_database_arn]
    }
  }

  dynamic "statement" {
    for_each = each.key == "catalog" ? [1] : []

    content {
      sid       = "Views"
      actions   = ["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"]
      resources = [aws_athena_workgroup.lake.arn]
    }
  }

  dynamic "statement" {
    for_each = each.key == "catalog" ? [1] : []

    content {
      sid       = "WhereResultsGo"
      actions   = ["s3:GetBucketLocation"]
      resources = [aws_s3_bucket.lake.arn]
    }
  }
}

locals {
  catalog_actions = [
    "glue:GetDatabase", "glue:UpdateDatabase",
    "glue:GetTable", "glue:GetTables", "glue:CreateTable", "glue:UpdateTable",
    "glue:GetPartition", "glue:GetPartitions",
    "glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:BatchUpdatePartition",
  ]
  dynamodb_actions = [
    "dynamodb:DescribeTable", "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:PutItem",
    "dynamodb:DeleteItem",
  ]
  spark_start_actions = ["glue:StartJobRun", "glue:GetJobRuns"]

  default_database_arn = "${local.arn}:glue:${local.region}:${local.account}:database/default"
  catalog_arns = [
    "${local.arn}:glue:${local.region}:${local.account}:catalog",
    "${local.arn}:glue:${local.region}:${local.account}:database/${local.database}",
    "${local.arn}:glue:${local.region}:${local.account}:table/${local.database}/*",
  ]
}

# The most that any role of this module can do, whatever its policy says: so one who may only make roles with this
# boundary cannot make a mightier one.
data "aws_iam_policy_document" "boundary" {
  statement {
    sid = "Lake"
    actions = [
      "s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject",
      "s3:DeleteObject", "s3:AbortMultipartUpload",
    ]
    resources = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"]
  }

  statement {
    sid     = "Logs"
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = concat(
      ["${local.arn}:logs:${local.region}:${local.account}:log-group:/aws/lambda/${var.name}-*", "${local.arn}:logs:${local.region}:${local.account}:log-group:/aws-glue/crawlers*"],
      length(local.spark) == 0 ? [] : ["${local.arn}:logs:${local.region}:${local.account}:log-group:${local.spark_logs}/*"],
    )
  }

  dynamic "statement" {
    for_each = length(local.spark) == 0 ? [] : [1]

    content {
      sid       = "StartJob"
      actions   = local.spark_start_actions
      resources = [local.spark_job_arn]
    }
  }

  statement {
    sid       = "Queues"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"]
    resources = ["${local.arn}:sqs:${local.region}:${local.account}:${var.name}-*"]
  }

  statement {
    sid       = "Secret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = distinct(values(local.secrets))
  }

  dynamic "statement" {
    for_each = length(local.in_vpc) > 0 ? [1] : []

    content {
      sid       = "Interfaces"
      actions   = local.interface_action
      resources = local.interface_arns
    }
  }

  dynamic "statement" {
    for_each = length(local.in_vpc) > 0 ? [1] : []

    content {
      sid       = "LookAtInterfaces"
      actions   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      resources = ["*"]
    }
  }

  statement {
    sid       = "Catalog"
    actions   = local.catalog_actions
    resources = concat(local.catalog_arns, local.crawled_arns, [local.default_database_arn])
  }

  statement {
    sid       = "Athena"
    actions   = ["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"]
    resources = [aws_athena_workgroup.lake.arn]
  }

  statement {
    sid       = "Tables"
    actions   = local.dynamodb_actions
    resources = ["${local.arn}:dynamodb:${local.region}:${local.account}:table/${local.dynamodb_prefix}*"]
  }

  statement {
    sid       = "Invoke"
    actions   = ["lambda:InvokeFunction"]
    resources = ["${local.arn}:lambda:${local.region}:${local.account}:function:${var.name}-*"]
  }
}

resource "aws_iam_policy" "boundary" {
  name        = "${var.name}-boundary"
  description = "The most that roles of ${var.name} can do."
  policy      = data.aws_iam_policy_document.boundary.json
  tags        = local.tags
}
