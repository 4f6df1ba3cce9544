# What the dashboard of a playlist needs: its songs, artists and albums as they are now, and the history of its chart.
locals {
  # Columns of the views, as docs/reference has them. A test of the build holds them to the views.
  datasets = var.quicksight_user == "" ? {} : jsondecode(file("${path.module}/datasets.json"))

  dataset_actions = [
    "quicksight:DescribeDataSet", "quicksight:DescribeDataSetPermissions", "quicksight:PassDataSet",
    "quicksight:DescribeIngestion", "quicksight:ListIngestions", "quicksight:UpdateDataSet",
  ]
}

resource "aws_quicksight_data_source" "athena" {
  count = var.quicksight_user == "" ? 0 : 1

  data_source_id = var.name
  name           = var.name
  type           = "ATHENA"
  tags           = local.tags

  parameters {
    athena {
      work_group = aws_athena_workgroup.lake.name
    }
  }

  permission {
    principal = var.quicksight_user
    actions = [
      "quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource",
      "quicksight:UpdateDataSource",
    ]
  }
}

resource "aws_quicksight_data_set" "view" {
  for_each = local.datasets

  data_set_id = "${var.name}-${replace(each.key, "_", "-")}"
  name        = "${var.name} ${each.key}"
  import_mode = "DIRECT_QUERY"
  tags        = local.tags

  physical_table_map {
    physical_table_map_id = replace(each.key, "_", "-")

    relational_table {
      data_source_arn = aws_quicksight_data_source.athena[0].arn
      catalog         = "AwsDataCatalog"
      schema          = aws_glue_catalog_database.lake.name
      name            = each.key

      dynamic "input_columns" {
        for_each = each.value

        content {
          name = input_columns.value.name
          type = input_columns.value.type
        }
      }
    }
  }

  permissions {
    principal = var.quicksight_user
    actions   = local.dataset_actions
  }
}
