/** What commands share: options to a job, and what the job did to words and an exit code. */
@NullMarked
package dev.chartlake.app.jobs;

import org.jspecify.annotations.NullMarked;
