# For parity with pipelines that have one crawler a table. They start on demand, and write to a database of their own, so
# that what they guess never replaces what is declared.
locals {
  crawled = !var.crawlers ? {} : { for name, table in local.tables : name => table if !endswith(name, "_csv") }
}

resource "aws_glue_catalog_database" "crawled" {
  count = var.crawlers ? 1 : 0

  name        = "${local.database}_crawled"
  description = "What crawlers find in the lake."
}

resource "aws_glue_crawler" "table" {
  for_each = local.crawled

  name          = "${var.name}-${replace(each.key, "_", "-")}"
  description   = "Finds the columns and partitions of ${each.key}."
  database_name = aws_glue_catalog_database.crawled[0].name
  role          = aws_iam_role.crawler[0].arn
  tags          = local.tags

  s3_target {
    path = "${local.lake}/${each.value.folder}"
  }

  schema_change_policy {
    update_behavior = "UPDATE_IN_DATABASE"
    delete_behavior = "LOG"
  }

  recrawl_policy {
    recrawl_behavior = "CRAWL_EVERYTHING"
  }

  configuration = jsonencode({
    Version       = 1.0
    Grouping      = { TableGroupingPolicy = "CombineCompatibleSchemas" }
    CrawlerOutput = { Partitions = { AddOrUpdateBehavior = "InheritFromTable" } }
  })

  depends_on = [aws_iam_role_policy.crawler]
}

resource "aws_iam_role" "crawler" {
  count = var.crawlers ? 1 : 0

  name                 = "${var.name}-crawler"
  description          = "Reads the lake's tables and writes to the database of the crawlers."
  assume_role_policy   = data.aws_iam_policy_document.assume["glue"].json
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "crawler" {
  count = var.crawlers ? 1 : 0

  name   = "work"
  role   = aws_iam_role.crawler[0].id
  policy = data.aws_iam_policy_document.crawler[0].json
}

data "aws_iam_policy_document" "crawler" {
  count = var.crawlers ? 1 : 0

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket", "s3:GetBucketLocation"]
    resources = [aws_s3_bucket.lake.arn]
  }

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.lake.arn}/${local.transformed}*"]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.arn}:logs:${local.region}:${local.account}:log-group:/aws-glue/crawlers*"]
  }

  statement {
    sid       = "Catalog"
    actions   = local.catalog_actions
    resources = local.crawled_arns
  }
}

locals {
  crawled_arns = [
    "${local.arn}:glue:${local.region}:${local.account}:catalog",
    "${local.arn}:glue:${local.region}:${local.account}:database/${local.database}_crawled",
    "${local.arn}:glue:${local.region}:${local.account}:table/${local.database}_crawled/*",
  ]
}
