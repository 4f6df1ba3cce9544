locals {
  # What the person who deploys may do with the key.
  key_actions = [
    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy", "kms:GetKeyRotationStatus", "kms:EnableKeyRotation",
    "kms:DisableKeyRotation", "kms:ListResourceTags", "kms:TagResource", "kms:UntagResource",
    "kms:UpdateKeyDescription", "kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias", "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
  ]
}

# Services can publish to a topic only if it is encrypted with a key of one's own: AWS's key for SNS trusts none of them.
resource "aws_kms_key" "topics" {
  description             = "Encrypts the topics of ${var.name}."
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.topics_key.json
  tags                    = local.tags
}

resource "aws_kms_alias" "topics" {
  name          = "alias/${var.name}-topics"
  target_key_id = aws_kms_key.topics.key_id
}

data "aws_iam_policy_document" "topics_key" {
  # In the policy of a key, "*" is this key.
  statement {
    sid       = "Account"
    actions   = local.key_actions
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["${local.arn}:iam::${local.account}:root"]
    }
  }

  # Whose alarms and buckets may publish is said by the policies of the topics.
  statement {
    sid       = "Publish"
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = concat(["cloudwatch.amazonaws.com", "s3.amazonaws.com"], length(local.spark) == 0 ? [] : ["events.amazonaws.com"])
    }
  }
}
