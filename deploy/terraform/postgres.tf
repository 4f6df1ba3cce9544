# A Postgres database, which is not made here, loaded by a function of its own.
locals {
  postgres = var.postgres == null ? {} : {
    load-postgres = {
      handler = "dev.chartlake.aws.lambda.LoadFunction"
      does    = "Loads committed days into Postgres."
      timeout = 900
      variables = merge(
        {
          CHARTLAKE_WAREHOUSE  = "postgres"
          CHARTLAKE_SECRET_ARN = var.postgres.secret_arn
          PGHOST               = var.postgres.host
          PGPORT               = tostring(var.postgres.port)
          PGDATABASE           = var.postgres.database
          PGSSLMODE            = var.postgres.sslmode
        },
        var.postgres.schema == "" ? {} : { CHARTLAKE_POSTGRES_SCHEMA = var.postgres.schema },
      )
    }
  }

  # A function within a VPC has a network interface there, which Lambda makes with the rights of the function's role.
  in_vpc = { for key in keys(local.postgres) : key => var.postgres if try(length(var.postgres.subnet_ids), 0) > 0 }

  ec2              = "${local.arn}:ec2:${local.region}:${local.account}"
  interface_action = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"]
  interface_arns = var.postgres == null ? [] : concat(
    ["${local.ec2}:network-interface/*"],
    [for id in var.postgres.subnet_ids : "${local.ec2}:subnet/${id}"],
    [for id in var.postgres.security_group_ids : "${local.ec2}:security-group/${id}"],
  )
}
