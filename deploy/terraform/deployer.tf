# Who deploys this module without being an administrator. The one who applies it for the first time makes them; keys are
# made by hand, so that they are in no state: aws iam create-access-key --user-name …
resource "aws_iam_group" "deployer" {
  count = var.deployer ? 1 : 0
  name  = "${var.name}-deployers"
}

resource "aws_iam_user" "deployer" {
  count = var.deployer ? 1 : 0
  name  = "${var.name}-deployer"
  tags  = local.tags
}

resource "aws_iam_user_group_membership" "deployer" {
  count  = var.deployer ? 1 : 0
  user   = aws_iam_user.deployer[0].name
  groups = [aws_iam_group.deployer[0].name]
}

resource "aws_iam_group_policy_attachment" "deployer" {
  for_each   = aws_iam_policy.deployer
  group      = aws_iam_group.deployer[0].name
  policy_arn = each.value.arn
}

resource "aws_iam_policy" "deployer" {
  for_each    = data.aws_iam_policy_document.deployer
  name        = "${var.name}-deploy-${each.key}"
  description = "What a deployer of ${var.name} may do: ${each.key}."
  policy      = each.value.json
  tags        = local.tags
}

locals {
  here = "${local.region}:${local.account}"

  iam_roles    = "${local.arn}:iam::${local.account}:role/${var.name}-*"
  iam_policies = "${local.arn}:iam::${local.account}:policy/${var.name}-*"

  # Actions by the resources they are for. Where there is a "*", the service knows nothing narrower for these actions.
  deployer_rights = {
    data = {
      bucket = {
        actions = [
          "s3:CreateBucket", "s3:DeleteBucket", "s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation",
          "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketNotification",
          "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy",
          "s3:GetBucketPublicAccessBlock", "s3:GetBucketRequestPayment", "s3:GetBucketTagging",
          "s3:GetBucketVersioning", "s3:GetBucketWebsite", "s3:GetAccelerateConfiguration",
          "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration",
          "s3:PutBucketNotification", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy",
          "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
        ]
        resources = ["${local.arn}:s3:::${var.name}-lake-*"]
      }
      objects = {
        actions = [
          "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObjectTagging",
          "s3:PutObjectTagging",
        ]
        resources = ["${local.arn}:s3:::${var.name}-lake-*/*"]
      }
      queues = {
        actions = [
          "sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:GetQueueUrl",
          "sqs:ListQueueTags", "sqs:TagQueue", "sqs:UntagQueue",
        ]
        resources = ["${local.arn}:sqs:${local.here}:${var.name}-*"]
      }
      dynamodb = {
        actions = [
          "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeTable", "dynamodb:UpdateTable",
          "dynamodb:DescribeContinuousBackups", "dynamodb:UpdateContinuousBackups", "dynamodb:DescribeTimeToLive",
          "dynamodb:ListTagsOfResource", "dynamodb:TagResource", "dynamodb:UntagResource",
        ]
        resources = ["${local.arn}:dynamodb:${local.here}:table/${local.dynamodb_prefix}*"]
      }
      catalog = {
        actions = concat(local.catalog_actions, [
          "glue:CreateDatabase", "glue:DeleteDatabase", "glue:DeleteTable", "glue:GetTags", "glue:TagResource",
        ])
        resources = concat(local.catalog_arns, local.crawled_arns)
      }
      crawlers = {
        actions   = ["glue:CreateCrawler", "glue:DeleteCrawler", "glue:GetCrawler", "glue:UpdateCrawler", "glue:StartCrawler", "glue:GetTags", "glue:TagResource", "glue:UntagResource"]
        resources = ["${local.arn}:glue:${local.here}:crawler/${var.name}-*"]
      }
      athena = {
        actions = [
          "athena:CreateWorkGroup", "athena:DeleteWorkGroup", "athena:GetWorkGroup", "athena:UpdateWorkGroup",
          "athena:ListTagsForResource", "athena:TagResource", "athena:UntagResource", "athena:StartQueryExecution",
          "athena:GetQueryExecution", "athena:GetQueryResults", "athena:StopQueryExecution",
        ]
        resources = ["${local.arn}:athena:${local.here}:workgroup/${var.name}"]
      }
      secret = {
        actions = [
          "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:DescribeSecret",
          "secretsmanager:GetResourcePolicy", "secretsmanager:PutResourcePolicy", "secretsmanager:DeleteResourcePolicy",
          "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret", "secretsmanager:TagResource",
          "secretsmanager:UntagResource",
        ]
        resources = ["${local.arn}:secretsmanager:${local.here}:secret:${var.name}-spotify-*"]
      }
      unnamed = {
        actions   = ["secretsmanager:ValidateResourcePolicy"]
        resources = ["*"]
      }
    }
    compute = {
      functions = {
        actions = [
          "lambda:CreateFunction", "lambda:DeleteFunction", "lambda:GetFunction", "lambda:GetFunctionConfiguration",
          "lambda:GetFunctionCodeSigningConfig", "lambda:ListVersionsByFunction", "lambda:PublishVersion",
          "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "lambda:CreateAlias", "lambda:DeleteAlias",
          "lambda:GetAlias", "lambda:UpdateAlias", "lambda:AddPermission", "lambda:RemovePermission",
          "lambda:GetPolicy", "lambda:PutFunctionEventInvokeConfig", "lambda:UpdateFunctionEventInvokeConfig",
          "lambda:GetFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig", "lambda:InvokeFunction",
          "lambda:ListTags", "lambda:TagResource", "lambda:UntagResource",
        ]
        resources = ["${local.arn}:lambda:${local.here}:function:${var.name}-*"]
      }
      mappings = {
        actions   = ["lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:ListTags", "lambda:TagResource"]
        resources = ["${local.arn}:lambda:${local.here}:event-source-mapping:*"]
      }
      unnamed = {
        actions = concat(
          [
            "lambda:CreateEventSourceMapping", "lambda:ListEventSourceMappings", "logs:DescribeLogGroups",
            "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
          ],
          # Lambda looks at the network of a function with the rights of whoever makes it.
          length(local.in_vpc) > 0 ? ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"] : [],
        )
        resources = ["*"]
      }
      schedule = {
        actions = [
          "scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule",
          "scheduler:CreateScheduleGroup", "scheduler:DeleteScheduleGroup", "scheduler:GetScheduleGroup",
          "scheduler:ListTagsForResource", "scheduler:TagResource", "scheduler:UntagResource",
        ]
        resources = ["${local.arn}:scheduler:${local.here}:schedule/${var.name}/*", "${local.arn}:scheduler:${local.here}:schedule-group/${var.name}"]
      }
      api = {
        actions   = ["apigateway:GET", "apigateway:POST", "apigateway:PATCH", "apigateway:PUT", "apigateway:DELETE", "apigateway:UpdateRestApiPolicy"]
        resources = ["${local.arn}:apigateway:${local.region}::/apis", "${local.arn}:apigateway:${local.region}::/apis/*", "${local.arn}:apigateway:${local.region}::/restapis", "${local.arn}:apigateway:${local.region}::/restapis/*", "${local.arn}:apigateway:${local.region}::/tags/*"]
      }
      logs = {
        actions = [
          "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
          "logs:ListTagsForResource", "logs:TagResource", "logs:UntagResource",
        ]
        resources = [
          "${local.arn}:logs:${local.here}:log-group:/aws/lambda/${var.name}-*",
          "${local.arn}:logs:${local.here}:log-group:/aws/apigateway/${var.name}-*",
        ]
      }
      alarms = {
        actions   = ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:TagResource", "cloudwatch:UntagResource"]
        resources = ["${local.arn}:cloudwatch:${local.here}:alarm:${var.name}-*"]
      }
      dashboard = {
        actions   = ["cloudwatch:PutDashboard", "cloudwatch:GetDashboard", "cloudwatch:DeleteDashboards"]
        resources = ["${local.arn}:cloudwatch::${local.account}:dashboard/${var.name}"]
      }
      topic = {
        actions = [
          "sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:SetTopicAttributes", "sns:Subscribe",
          "sns:GetSubscriptionAttributes", "sns:Unsubscribe", "sns:ListTagsForResource", "sns:TagResource",
          "sns:UntagResource",
        ]
        resources = ["${local.arn}:sns:${local.here}:${var.name}-alarms", "${local.arn}:sns:${local.here}:${var.name}-manifests"]
      }
      key = {
        actions   = local.key_actions
        resources = ["${local.arn}:kms:${local.here}:key/*", "${local.arn}:kms:${local.here}:alias/${var.name}-topics"]
      }
      new_key = {
        actions   = ["kms:CreateKey", "kms:ListAliases"]
        resources = ["*"]
      }
    }
    quicksight = {
      source = {
        actions = concat(local.quicksight_tags, [
          "quicksight:CreateDataSource", "quicksight:DeleteDataSource", "quicksight:DescribeDataSource",
          "quicksight:DescribeDataSourcePermissions", "quicksight:UpdateDataSource",
          "quicksight:UpdateDataSourcePermissions", "quicksight:PassDataSource",
        ])
        resources = ["${local.arn}:quicksight:${local.here}:datasource/${var.name}"]
      }
      datasets = {
        actions = concat(local.quicksight_tags, [
          "quicksight:CreateDataSet", "quicksight:DeleteDataSet", "quicksight:DescribeDataSet",
          "quicksight:DescribeDataSetPermissions", "quicksight:DescribeDataSetRefreshProperties",
          "quicksight:UpdateDataSet", "quicksight:UpdateDataSetPermissions", "quicksight:PassDataSet",
        ])
        resources = ["${local.arn}:quicksight:${local.here}:dataset/${var.name}-*"]
      }
      dashboard = {
        actions = concat(local.quicksight_tags, [
          "quicksight:CreateDashboard", "quicksight:DeleteDashboard", "quicksight:DescribeDashboard",
          "quicksight:DescribeDashboardDefinition", "quicksight:DescribeDashboardPermissions",
          "quicksight:UpdateDashboard", "quicksight:UpdateDashboardPermissions",
          "quicksight:UpdateDashboardPublishedVersion",
        ])
        resources = ["${local.arn}:quicksight:${local.here}:dashboard/${var.name}-charts"]
      }
    }
  }

  # As those of QuickSight: if there is a job.
  deployer_of_spark = {
    job = {
      actions   = ["glue:CreateJob", "glue:DeleteJob", "glue:GetJob", "glue:UpdateJob", "glue:GetTags", "glue:TagResource", "glue:UntagResource"]
      resources = [local.spark_job_arn]
    }
    runs = {
      actions   = ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"]
      resources = [local.spark_job_arn]
    }
    logs = {
      actions = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy",
        "logs:ListTagsForResource", "logs:TagResource", "logs:UntagResource",
      ]
      resources = ["${local.arn}:logs:${local.here}:log-group:${local.spark_logs}/*"]
    }
    failures = {
      actions = [
        "events:PutRule", "events:DeleteRule", "events:DescribeRule", "events:PutTargets", "events:RemoveTargets",
        "events:ListTargetsByRule", "events:ListTagsForResource", "events:TagResource", "events:UntagResource",
      ]
      resources = ["${local.arn}:events:${local.here}:rule/${local.spark_rule}"]
    }
  }

  quicksight_tags = ["quicksight:ListTagsForResource", "quicksight:TagResource", "quicksight:UntagResource"]

  # QuickSight's rights are given if something of QuickSight is made, those of its dashboard if there is one.
  deployer_policies = concat(["data", "compute", "roles"], var.quicksight_user == "" ? [] : ["quicksight"], length(local.spark) == 0 ? [] : ["spark"])
}

data "aws_iam_policy_document" "deployer" {
  for_each = var.deployer ? toset(local.deployer_policies) : toset([])

  dynamic "statement" {
    for_each = {
      for name, rights in lookup(merge(local.deployer_rights, { spark = local.deployer_of_spark }), each.key, {}) : name => rights
      if each.key != "quicksight" || name != "dashboard" || var.quicksight_dashboard
    }

    content {
      sid       = title(statement.key)
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }

  dynamic "statement" {
    for_each = each.key == "roles" ? [1] : []

    content {
      sid = "RolesWithinTheBoundary"
      actions = [
        "iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary",
      ]
      resources = [local.iam_roles]

      condition {
        test     = "StringEquals"
        variable = "iam:PermissionsBoundary"
        values   = [aws_iam_policy.boundary.arn]
      }
    }
  }

  dynamic "statement" {
    for_each = each.key == "roles" ? [1] : []

    content {
      sid = "Roles"
      actions = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies",
        "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRoleDescription", "iam:TagRole", "iam:UntagRole",
      ]
      resources = [local.iam_roles]
    }
  }

  dynamic "statement" {
    for_each = each.key == "roles" ? [1] : []

    content {
      sid       = "HandOverRoles"
      actions   = ["iam:PassRole"]
      resources = [local.iam_roles]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["lambda.amazonaws.com", "scheduler.amazonaws.com", "glue.amazonaws.com"]
      }
    }
  }

  # Read alone: who could change the boundary or this group's policies would have no limits.
  dynamic "statement" {
    for_each = each.key == "roles" ? [1] : []

    content {
      sid       = "Look"
      actions   = ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"]
      resources = [local.iam_policies]
    }
  }

  dynamic "statement" {
    for_each = each.key == "roles" ? [1] : []

    content {
      sid     = "LookAtPeople"
      actions = ["iam:GetGroup", "iam:ListAttachedGroupPolicies", "iam:GetUser", "iam:ListGroupsForUser"]
      resources = [
        "${local.arn}:iam::${local.account}:group/${var.name}-deployers",
        "${local.arn}:iam::${local.account}:user/${var.name}-deployer",
      ]
    }
  }
}
