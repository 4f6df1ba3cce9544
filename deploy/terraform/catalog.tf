locals {
  # Made from the declaration of the columns; a test of the build holds it to them.
  tables = jsondecode(file("${path.module}/tables.json"))
}

resource "aws_glue_catalog_database" "lake" {
  name         = local.database
  description  = "The lake in ${aws_s3_bucket.lake.id}."
  location_uri = "${local.lake}/"

  lifecycle {
    # `load glue` notes there which views it has made.
    ignore_changes = [parameters]
  }
}

resource "aws_glue_catalog_table" "lake" {
  for_each = local.tables

  name          = each.key
  database_name = aws_glue_catalog_database.lake.name
  description   = each.value.description
  table_type    = "EXTERNAL_TABLE"
  parameters    = merge({ EXTERNAL = "TRUE" }, each.value.parameters)

  storage_descriptor {
    location      = "${local.lake}/${each.value.folder}"
    input_format  = each.value.input_format
    output_format = each.value.output_format

    ser_de_info {
      serialization_library = each.value.serde
      parameters            = each.value.serde_parameters
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment == "" ? null : columns.value.comment
      }
    }
  }

  dynamic "partition_keys" {
    for_each = each.value.partition_keys

    content {
      name    = partition_keys.value.name
      type    = partition_keys.value.type
      comment = partition_keys.value.comment
    }
  }
}

resource "aws_athena_workgroup" "lake" {
  name          = var.name
  description   = "Queries over the lake, with a limit to what one may scan."
  force_destroy = true
  tags          = local.tags

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = floor(var.query_scan_limit_gb * 1000 * 1000 * 1000)

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location = "s3://${aws_s3_bucket.lake.id}/${local.results}"

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
