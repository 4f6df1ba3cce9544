# The secret is made empty, and filled by the command that the outputs show: so its value is in no state, plan or variable.
resource "aws_secretsmanager_secret" "spotify" {
  name_prefix             = "${var.name}-spotify-"
  description             = "JSON: SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET of the app at developer.spotify.com/dashboard."
  recovery_window_in_days = var.protect ? 7 : 0
  tags                    = local.tags
}

data "aws_iam_policy_document" "secret" {
  statement {
    sid    = "OnlyTls"
    effect = "Deny"

    # A denial is meant for everything; a secret's policy can name no other secret.
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]
    resources = [aws_secretsmanager_secret.spotify.arn]

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

resource "aws_secretsmanager_secret_policy" "spotify" {
  secret_arn          = aws_secretsmanager_secret.spotify.arn
  policy              = data.aws_iam_policy_document.secret.json
  block_public_policy = true
}
