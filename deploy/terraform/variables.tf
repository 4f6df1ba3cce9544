variable "name" {
  description = "What the resources are called: a prefix of their names, such as chartlake or chartlake-test."
  type        = string
  default     = "chartlake"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,19}$", var.name))
    error_message = "The name is 2 to 20 small letters, digits or hyphens, and starts with a letter."
  }
}

variable "lists" {
  description = "The playlists to take snapshots of: ids, spotify:playlist: URIs or links."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for list in var.lists : can(regex("^((spotify:(user:[^:]+:)?playlist:)?[A-Za-z0-9]{22}|(https?://)?(open|play)[.]spotify[.]com/(intl-[a-z-]+/)?(embed/)?(user/[^/]+/)?playlist/[A-Za-z0-9]{22}/*([?#][^,[:space:]]*)?)$", list))])
    error_message = "Not a playlist: ${join(", ", [for list in var.lists : list if !can(regex("^((spotify:(user:[^:]+:)?playlist:)?[A-Za-z0-9]{22}|(https?://)?(open|play)[.]spotify[.]com/(intl-[a-z-]+/)?(embed/)?(user/[^/]+/)?playlist/[A-Za-z0-9]{22}/*([?#][^,[:space:]]*)?)$", list))])}. Give its id (22 letters and digits), spotify:playlist:ID, or its link https://open.spotify.com/playlist/ID."
  }
}

variable "schedule" {
  description = "When to take snapshots: an EventBridge schedule expression, such as cron(30 5 * * ? *) or rate(12 hours)."
  type        = string
  default     = "cron(30 5 * * ? *)"

  validation {
    condition     = can(regex("^(cron|rate)\\(.+\\)$", var.schedule)) && !can(regex("^rate\\([0-9]+ minutes?\\)$", var.schedule))
    error_message = "The schedule is cron(…) or rate(…), and not every few minutes: charts change once a day."
  }
}

variable "schedule_time_zone" {
  description = "The time zone of the schedule."
  type        = string
  default     = "UTC"
}

variable "functions_zip" {
  description = "The zip with the functions. The build makes it: ./mvnw -pl aws -am package. Not needed to destroy everything."
  type        = string
  default     = "../../aws/target/chartlake-lambda.zip"
}

variable "architecture" {
  description = "The functions' processor. The zip holds no native code, so both work; arm64 costs a fifth less."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "The architecture is arm64 or x86_64."
  }
}

variable "table_format" {
  description = "Format of the lake's tables: parquet or csv."
  type        = string
  default     = "parquet"

  validation {
    condition     = contains(["parquet", "csv"], var.table_format)
    error_message = "The format is parquet or csv."
  }
}

variable "alarm_email" {
  description = "Where alarms are sent. Its owner has to confirm. Empty: nowhere; others can subscribe to the topic."
  type        = string
  default     = ""
}

variable "freshness_hours" {
  description = "How many hours old the newest snapshot may be before the alarm sounds. More than the schedule's distance: 30 for every day, 180 for every week."
  type        = number
  default     = 30

  validation {
    condition     = var.freshness_hours >= 1
    error_message = "The newest snapshot is at least an hour old before the alarm sounds."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the functions' logs."
  type        = number
  default     = 30
}

variable "old_versions_days" {
  description = "How long the bucket keeps overwritten and deleted objects."
  type        = number
  default     = 30
}

variable "query_scan_limit_gb" {
  description = "The most that one Athena query may scan, in GB. Athena bills what is scanned."
  type        = number
  default     = 10

  validation {
    condition     = var.query_scan_limit_gb >= 0.01
    error_message = "Athena accepts no limit below 10 MB (0.01 GB)."
  }
}

variable "protect" {
  description = "Whether the bucket and the DynamoDB tables refuse to be destroyed while they hold data."
  type        = bool
  default     = true
}

variable "dynamodb" {
  description = "Whether to make the four DynamoDB tables."
  type        = bool
  default     = true
}

variable "dynamodb_keys" {
  description = "The keys of playlists in DynamoDB: uri (spotify:playlist:ID), or id (the bare id) for readers of older tables."
  type        = string
  default     = "uri"

  validation {
    condition     = contains(["uri", "id"], var.dynamodb_keys)
    error_message = "The keys are uri or id."
  }
}

variable "dynamodb_urls" {
  description = "The addresses in DynamoDB's items: page (for people), or api (of the Web API) for readers of older tables."
  type        = string
  default     = "page"

  validation {
    condition     = contains(["page", "api"], var.dynamodb_urls)
    error_message = "The addresses are page or api."
  }
}

variable "postgres" {
  description = "A Postgres database that a function loads when a day is committed. Its secret is JSON with username and password, as RDS manages it. Within a VPC the function needs subnets with ways to S3 and Secrets Manager. Null: no such function."
  type = object({
    host               = string
    port               = optional(number, 5432)
    database           = string
    schema             = optional(string, "")
    sslmode            = optional(string, "require")
    secret_arn         = string
    subnet_ids         = optional(list(string), [])
    security_group_ids = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.postgres == null ? true : can(regex("^arn:[^:]+:secretsmanager:", var.postgres.secret_arn))
    error_message = "secret_arn is the ARN of a secret in Secrets Manager."
  }

  validation {
    condition     = var.postgres == null ? true : (length(var.postgres.subnet_ids) == 0) == (length(var.postgres.security_group_ids) == 0)
    error_message = "A function within a VPC needs both subnet_ids and security_group_ids."
  }
}

variable "spark" {
  description = "A Spark job of AWS Glue that makes the tables after an extract, instead of the function: its number of workers (G.1X: 4 processors and 16 GB each, one of them for the driver), the most that a run may take, and the job's jar, which ./mvnw -pl spark -am package builds. Null: the function makes the tables."
  type = object({
    workers         = optional(number, 2)
    timeout_minutes = optional(number, 60)
    jar             = optional(string, "../../spark/target/chartlake-spark.jar")
  })
  default = null

  validation {
    condition     = var.spark == null ? true : var.spark.workers >= 2 && var.spark.workers == floor(var.spark.workers)
    error_message = "A Glue job has at least 2 workers."
  }

  validation {
    condition     = var.spark == null ? true : var.spark.timeout_minutes >= 5 && var.spark.timeout_minutes <= 1440 && var.spark.timeout_minutes == floor(var.spark.timeout_minutes)
    error_message = "A run takes 5 to 1440 minutes at most."
  }
}

variable "snowflake" {
  description = "A Snowflake account that reads the tables; deploy/snowflake/connect sets it. user_arn is STORAGE_AWS_IAM_USER_ARN of the integration, and without it nobody can assume the role. queue_arn is notification_channel of the pipe, and without it Snowflake hears of no commit. The external id is the bucket's name, or external_id. Null: no such role."
  type = object({
    user_arn    = optional(string, "")
    queue_arn   = optional(string, "")
    external_id = optional(string, "")
  })
  default = null

  validation {
    condition     = try(var.snowflake.user_arn, "") == "" || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:user/[A-Za-z0-9+=,.@_/-]+$", var.snowflake.user_arn))
    error_message = "user_arn is the ARN of an IAM user, such as arn:aws:iam::111122223333:user/abc1-b-self1234."
  }

  validation {
    condition     = try(var.snowflake.queue_arn, "") == "" || can(regex("^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.snowflake.queue_arn))
    error_message = "queue_arn is the ARN of an SQS queue, such as arn:aws:sqs:eu-north-1:111122223333:sf-snowpipe-AIDAEXAMPLE-abc."
  }

  validation {
    condition     = try(var.snowflake.external_id, "") == "" || can(regex("^[A-Za-z0-9+=,.@:/_-]{2,}$", var.snowflake.external_id))
    error_message = "external_id is two or more letters, digits or characters of +=,.@:/_-, as AWS accepts it."
  }
}

variable "crawlers" {
  description = "Whether to make Glue crawlers, one a table. Nothing needs them: partitions are registered when a day is committed."
  type        = bool
  default     = false
}

variable "quicksight_user" {
  description = "ARN of the QuickSight user who gets a data source and datasets. Empty: none are made."
  type        = string
  default     = ""
}

variable "quicksight_dashboard" {
  description = "Whether that user also gets a dashboard of each list's newest snapshot."
  type        = bool
  default     = false

  validation {
    condition     = !var.quicksight_dashboard || var.quicksight_user != ""
    error_message = "A dashboard needs a user who owns it: set quicksight_user to the ARN of a QuickSight user."
  }
}

variable "private_api_endpoints" {
  description = "Ids of VPC endpoints for execute-api. If there are any, the HTTP trigger can be reached through them alone, and not from the internet."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for endpoint in var.private_api_endpoints : can(regex("^vpce-[0-9a-f]+$", endpoint))])
    error_message = "The id of a VPC endpoint looks like vpce-0123456789abcdef0."
  }
}

variable "deployer" {
  description = "Whether to make a group that may deploy this module, with no more rights than that."
  type        = bool
  default     = false
}
