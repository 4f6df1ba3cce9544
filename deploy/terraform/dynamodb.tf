# The four tables of a document store: names and keys are those that `chartlake load dynamodb` writes.
locals {
  dynamodb_tables = !var.dynamodb ? {} : {
    playlist_table = { key = "playlist_uri" }
    track_table    = { key = "track_id" }
    album_table    = { key = "album_id" }
    artist_table   = { key = "artist_id" }
  }

  dynamodb_form = merge(
    var.dynamodb_keys == "uri" ? {} : { CHARTLAKE_DYNAMODB_KEYS = var.dynamodb_keys },
    var.dynamodb_urls == "page" ? {} : { CHARTLAKE_DYNAMODB_URLS = var.dynamodb_urls },
  )
}

resource "aws_dynamodb_table" "warehouse" {
  for_each = local.dynamodb_tables

  name                        = "${local.dynamodb_prefix}${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.key
  deletion_protection_enabled = var.protect
  tags                        = local.tags

  attribute {
    name = each.value.key
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}
