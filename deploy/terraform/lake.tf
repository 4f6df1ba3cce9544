resource "aws_s3_bucket" "lake" {
  bucket_prefix = "${var.name}-lake-"
  force_destroy = !var.protect
  tags          = local.tags
}

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket                  = aws_s3_bucket.lake.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "lake" {
  bucket = aws_s3_bucket.lake.id

  versioning_configuration {
    status = "Enabled"
  }
}

# Raw data is never expired: it is the only thing that cannot be made again.
resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket = aws_s3_bucket.lake.id

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.old_versions_days
    }

    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 2
    }
  }

  rule {
    id     = "query-results"
    status = "Enabled"

    filter {
      prefix = local.results
    }

    expiration {
      days = 7
    }
  }

  rule {
    id     = "staged"
    status = "Enabled"

    filter {
      prefix = "${local.prefix}_chartlake/tmp/"
    }

    expiration {
      days = 2
    }
  }

  rule {
    id     = "old-raw-data"
    status = "Enabled"

    filter {
      prefix = "${local.prefix}raw_data/processed/"
    }

    # Objects below 128 KB are left where they are, because moving them costs more than it saves.
    transition {
      days          = 90
      storage_class = "STANDARD_IA"
    }
  }

  depends_on = [aws_s3_bucket_versioning.lake]
}

data "aws_iam_policy_document" "lake" {
  statement {
    sid    = "OnlyTls"
    effect = "Deny"

    # A denial is meant for everything.
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.id
  policy = data.aws_iam_policy_document.lake.json

  depends_on = [aws_s3_bucket_public_access_block.lake]
}

resource "aws_s3_bucket_notification" "lake" {
  bucket = aws_s3_bucket.lake.id

  queue {
    id            = "transform"
    queue_arn     = aws_sqs_queue.events["transform"].arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = local.waiting
  }

  topic {
    id            = "manifests"
    topic_arn     = aws_sns_topic.manifests.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = local.manifests
  }

  # Snowflake's queue, in an account of Snowflake.
  dynamic "queue" {
    for_each = local.snowflake_queue

    content {
      id            = "snowflake"
      queue_arn     = queue.value
      events        = ["s3:ObjectCreated:*"]
      filter_prefix = local.commits
      filter_suffix = ".json"
    }
  }

  depends_on = [aws_sqs_queue_policy.events, aws_sns_topic_policy.manifests]

  lifecycle {
    precondition {
      condition     = alltrue([for arn in values(local.snowflake_queue) : split(":", arn)[3] == local.region])
      error_message = "The queue of Snowflake's pipe is not in ${local.region}, and S3 sends events only within the bucket's region: ${join(", ", values(local.snowflake_queue))}."
    }
  }
}
