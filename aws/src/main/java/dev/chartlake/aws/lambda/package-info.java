/** The pipeline's steps as AWS Lambda functions. */
@NullMarked
package dev.chartlake.aws.lambda;

import org.jspecify.annotations.NullMarked;
