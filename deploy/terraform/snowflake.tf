# The AWS side of Snowflake, which is not created here: a role that reads the tables, and the events of new commits for its
# pipe. Both sides need values of the other: deploy/snowflake/connect leads through it.
locals {
  snowflake = var.snowflake == null ? {} : { this = var.snowflake }

  # All three are known before the role exists, because Snowflake's integration is created first.
  snowflake_role        = "${var.name}-snowflake"
  snowflake_external_id = { for key, one in local.snowflake : key => one.external_id == "" ? aws_s3_bucket.lake.id : one.external_id }
  snowflake_user        = { for key, one in local.snowflake : key => one.user_arn if one.user_arn != "" }
  snowflake_queue       = { for key, one in local.snowflake : key => one.queue_arn if one.queue_arn != "" }
}

resource "aws_iam_role" "snowflake" {
  for_each = local.snowflake

  name                 = local.snowflake_role
  description          = "Snowflake reads the tables of the lake."
  assume_role_policy   = data.aws_iam_policy_document.snowflake_trust[each.key].json
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "snowflake" {
  for_each = local.snowflake

  name   = "read"
  role   = aws_iam_role.snowflake[each.key].id
  policy = data.aws_iam_policy_document.snowflake[each.key].json
}

# A role needs a trust policy. Until Snowflake's user is known, this one allows nobody and denies everybody.
data "aws_iam_policy_document" "snowflake_trust" {
  for_each = local.snowflake

  dynamic "statement" {
    for_each = contains(keys(local.snowflake_user), each.key) ? [] : [1]

    content {
      sid     = "NobodyYet"
      effect  = "Deny"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.snowflake_user), each.key) ? [local.snowflake_user[each.key]] : []

    content {
      sid     = "Snowflake"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }

      condition {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [local.snowflake_external_id[each.key]]
      }
    }
  }
}

data "aws_iam_policy_document" "snowflake" {
  for_each = local.snowflake

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = ["${aws_s3_bucket.lake.arn}/${local.transformed}*"]
  }

  statement {
    sid       = "List"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.lake.arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["${local.transformed}*"]
    }
  }

  # This request has no prefix, so a condition on one would deny it.
  statement {
    sid       = "Region"
    actions   = ["s3:GetBucketLocation"]
    resources = [aws_s3_bucket.lake.arn]
  }
}
