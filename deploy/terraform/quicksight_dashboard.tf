# A dashboard of each list's newest snapshot: lengths, artists, albums and popularity.
locals {
  # chart_songs has one row per list and song of the list's newest snapshot, chart_artists one per song and artist. These
  # are the columns of their SQL, and a test of the build holds them to it. QuickSight puts the SQL into a query of its own,
  # so it has no comments. Release dates are texts, as exact as Spotify says them.
  charts = var.quicksight_dashboard ? jsondecode(file("${path.module}/dashboard/datasets.json")) : {}

  # Tiles with one number.
  kpis = [
    { id = "songs", title = "Total songs", column = "song_id", aggregation = "DISTINCT_COUNT" },
    { id = "average-minutes", title = "Average duration (minutes)", column = "minutes", aggregation = "AVERAGE" },
    { id = "longest-minutes", title = "Longest duration (minutes)", column = "minutes", aggregation = "MAX" },
    { id = "shortest-minutes", title = "Shortest duration (minutes)", column = "minutes", aggregation = "MIN" },
  ]

  # A bar for each value of a column, the longest first.
  bars = [
    { id = "songs-by-artist", title = "Songs by artist", dataset = "chart_artists", by = "artist_name", column = "song_id", aggregation = "DISTINCT_COUNT" },
    { id = "popularity-by-artist", title = "Average popularity by artist", dataset = "chart_artists", by = "artist_name", column = "popularity", aggregation = "AVERAGE" },
    { id = "songs-per-album", title = "Songs per album", dataset = "chart_songs", by = "album_name", column = "song_id", aggregation = "DISTINCT_COUNT" },
  ]

  # On a grid of 36 columns.
  places = {
    songs                  = { row = 0, column = 0, rows = 5, columns = 9 }
    average-minutes        = { row = 0, column = 9, rows = 5, columns = 9 }
    longest-minutes        = { row = 0, column = 18, rows = 5, columns = 9 }
    shortest-minutes       = { row = 0, column = 27, rows = 5, columns = 9 }
    songs-by-artist        = { row = 5, column = 0, rows = 11, columns = 12 }
    popularity-by-artist   = { row = 5, column = 12, rows = 11, columns = 12 }
    songs-per-album        = { row = 5, column = 24, rows = 11, columns = 12 }
    popularity-by-duration = { row = 16, column = 0, rows = 12, columns = 18 }
    top-songs              = { row = 16, column = 18, rows = 12, columns = 18 }
    artists                = { row = 28, column = 0, rows = 12, columns = 18 }
    release-dates          = { row = 28, column = 18, rows = 12, columns = 18 }
  }

  top_songs = ["position", "song_name", "artist_names", "popularity"]
}

resource "aws_quicksight_data_set" "chart" {
  for_each = local.charts

  data_set_id = "${var.name}-${replace(each.key, "_", "-")}"
  name        = "${var.name} ${each.key}"
  import_mode = "DIRECT_QUERY"
  tags        = local.tags

  physical_table_map {
    physical_table_map_id = replace(each.key, "_", "-")

    custom_sql {
      data_source_arn = aws_quicksight_data_source.athena[0].arn
      name            = each.key
      sql_query       = templatefile("${path.module}/dashboard/${each.key}.sql", { database = local.database })

      dynamic "columns" {
        for_each = each.value

        content {
          name = columns.value.name
          type = columns.value.type
        }
      }
    }
  }

  permissions {
    principal = var.quicksight_user
    actions   = local.dataset_actions
  }
}

resource "aws_quicksight_dashboard" "charts" {
  count = var.quicksight_dashboard ? 1 : 0

  dashboard_id        = "${var.name}-charts"
  name                = "${var.name} charts"
  version_description = "The newest snapshot of each list"
  tags                = local.tags

  permissions {
    principal = var.quicksight_user
    actions = [
      "quicksight:DeleteDashboard", "quicksight:DescribeDashboard", "quicksight:DescribeDashboardPermissions",
      "quicksight:ListDashboardVersions", "quicksight:QueryDashboard", "quicksight:UpdateDashboard",
      "quicksight:UpdateDashboardPermissions", "quicksight:UpdateDashboardPublishedVersion",
    ]
  }

  definition {
    dynamic "data_set_identifiers_declarations" {
      for_each = aws_quicksight_data_set.chart

      content {
        identifier   = data_set_identifiers_declarations.key
        data_set_arn = data_set_identifiers_declarations.value.arn
      }
    }

    filter_groups {
      filter_group_id = "list"
      cross_dataset   = "ALL_DATASETS"
      status          = "ENABLED"

      filters {
        category_filter {
          filter_id = "list"

          column {
            data_set_identifier = "chart_songs"
            column_name         = "list"
          }

          configuration {
            filter_list_configuration {
              match_operator     = "CONTAINS"
              select_all_options = "FILTER_ALL_VALUES"
            }
          }
        }
      }

      scope_configuration {
        selected_sheets {
          sheet_visual_scoping_configurations {
            scope    = "ALL_VISUALS"
            sheet_id = "charts"
          }
        }
      }
    }

    sheets {
      sheet_id = "charts"
      name     = "Top songs"
      title    = "Spotify: top songs"

      filter_controls {
        dropdown {
          filter_control_id = "list"
          source_filter_id  = "list"
          title             = "List"
          type              = "SINGLE_SELECT"
        }
      }

      dynamic "visuals" {
        for_each = local.kpis

        content {
          kpi_visual {
            visual_id = visuals.value.id

            title {
              format_text {
                plain_text = visuals.value.title
              }
            }

            chart_configuration {
              field_wells {
                values {
                  dynamic "categorical_measure_field" {
                    for_each = visuals.value.aggregation == "DISTINCT_COUNT" ? [1] : []

                    content {
                      field_id             = visuals.value.id
                      aggregation_function = visuals.value.aggregation

                      column {
                        data_set_identifier = "chart_songs"
                        column_name         = visuals.value.column
                      }
                    }
                  }

                  dynamic "numerical_measure_field" {
                    for_each = visuals.value.aggregation == "DISTINCT_COUNT" ? [] : [1]

                    content {
                      field_id = visuals.value.id

                      aggregation_function {
                        simple_numerical_aggregation = visuals.value.aggregation
                      }

                      column {
                        data_set_identifier = "chart_songs"
                        column_name         = visuals.value.column
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }

      dynamic "visuals" {
        for_each = local.bars

        content {
          bar_chart_visual {
            visual_id = visuals.value.id

            title {
              format_text {
                plain_text = visuals.value.title
              }
            }

            chart_configuration {
              orientation = "HORIZONTAL"

              field_wells {
                bar_chart_aggregated_field_wells {
                  category {
                    categorical_dimension_field {
                      field_id = "${visuals.value.id}-by"

                      column {
                        data_set_identifier = visuals.value.dataset
                        column_name         = visuals.value.by
                      }
                    }
                  }

                  values {
                    dynamic "categorical_measure_field" {
                      for_each = visuals.value.aggregation == "DISTINCT_COUNT" ? [1] : []

                      content {
                        field_id             = visuals.value.id
                        aggregation_function = visuals.value.aggregation

                        column {
                          data_set_identifier = visuals.value.dataset
                          column_name         = visuals.value.column
                        }
                      }
                    }

                    dynamic "numerical_measure_field" {
                      for_each = visuals.value.aggregation == "DISTINCT_COUNT" ? [] : [1]

                      content {
                        field_id = visuals.value.id

                        aggregation_function {
                          simple_numerical_aggregation = visuals.value.aggregation
                        }

                        column {
                          data_set_identifier = visuals.value.dataset
                          column_name         = visuals.value.column
                        }
                      }
                    }
                  }
                }
              }

              sort_configuration {
                category_sort {
                  field_sort {
                    field_id  = visuals.value.id
                    direction = "DESC"
                  }
                }
              }
            }
          }
        }
      }

      visuals {
        scatter_plot_visual {
          visual_id = "popularity-by-duration"

          title {
            format_text {
              plain_text = "Popularity against duration (minutes)"
            }
          }

          chart_configuration {
            field_wells {
              scatter_plot_categorically_aggregated_field_wells {
                category {
                  categorical_dimension_field {
                    field_id = "scatter-song"

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = "song_name"
                    }
                  }
                }

                x_axis {
                  numerical_measure_field {
                    field_id = "scatter-minutes"

                    aggregation_function {
                      simple_numerical_aggregation = "AVERAGE"
                    }

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = "minutes"
                    }
                  }
                }

                y_axis {
                  numerical_measure_field {
                    field_id = "scatter-popularity"

                    aggregation_function {
                      simple_numerical_aggregation = "AVERAGE"
                    }

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = "popularity"
                    }
                  }
                }
              }
            }
          }
        }
      }

      visuals {
        table_visual {
          visual_id = "top-songs"

          title {
            format_text {
              plain_text = "Top songs by popularity"
            }
          }

          chart_configuration {
            field_wells {
              table_unaggregated_field_wells {
                dynamic "values" {
                  for_each = local.top_songs

                  content {
                    field_id = "top-${values.value}"

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = values.value
                    }
                  }
                }
              }
            }

            sort_configuration {
              row_sort {
                field_sort {
                  field_id  = "top-popularity"
                  direction = "DESC"
                }
              }
            }
          }
        }
      }

      visuals {
        word_cloud_visual {
          visual_id = "artists"

          title {
            format_text {
              plain_text = "Artists"
            }
          }

          chart_configuration {
            field_wells {
              word_cloud_aggregated_field_wells {
                group_by {
                  categorical_dimension_field {
                    field_id = "cloud-artist"

                    column {
                      data_set_identifier = "chart_artists"
                      column_name         = "artist_name"
                    }
                  }
                }

                size {
                  categorical_measure_field {
                    field_id             = "cloud-songs"
                    aggregation_function = "DISTINCT_COUNT"

                    column {
                      data_set_identifier = "chart_artists"
                      column_name         = "song_id"
                    }
                  }
                }
              }
            }
          }
        }
      }

      visuals {
        table_visual {
          visual_id = "release-dates"

          title {
            format_text {
              plain_text = "Albums and their release dates"
            }
          }

          chart_configuration {
            field_wells {
              table_aggregated_field_wells {
                group_by {
                  categorical_dimension_field {
                    field_id = "release-album"

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = "album_name"
                    }
                  }
                }

                group_by {
                  categorical_dimension_field {
                    field_id = "release-date"

                    column {
                      data_set_identifier = "chart_songs"
                      column_name         = "release_date"
                    }
                  }
                }
              }
            }

            sort_configuration {
              row_sort {
                field_sort {
                  field_id  = "release-date"
                  direction = "DESC"
                }
              }
            }
          }
        }
      }

      layouts {
        configuration {
          grid_layout {
            canvas_size_options {
              screen_canvas_size_options {
                resize_option             = "FIXED"
                optimized_view_port_width = "1600px"
              }
            }

            dynamic "elements" {
              for_each = local.places

              content {
                element_id   = elements.key
                element_type = "VISUAL"
                row_index    = elements.value.row
                column_index = elements.value.column
                row_span     = elements.value.rows
                column_span  = elements.value.columns
              }
            }
          }
        }
      }
    }
  }
}
