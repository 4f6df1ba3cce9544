package dev.chartlake.aws.glue;

import dev.chartlake.aws.AwsAccess;
import dev.chartlake.aws.AwsFailures;
import dev.chartlake.load.WarehouseException;
import java.io.Closeable;
import java.util.EnumSet;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/** A job of AWS Glue of which one run at a time is wanted. */
public final class GlueJob implements Closeable {
    private static final Set<JobRunState> UNDER_WAY =
            EnumSet.of(JobRunState.STARTING, JobRunState.RUNNING, JobRunState.STOPPING, JobRunState.WAITING);

    /** Glue lists the newest run first, and only one is under way. */
    private static final int NEWEST = 5;

    private final GlueClient glue;
    private final String name;

    /** The job {@code name}. Closes the client. */
    public GlueJob(GlueClient glue, String name) {
        this.glue = glue;
        this.name = name;
    }

    /** With region, credentials and endpoint as the environment says. */
    public static GlueJob open(String name) throws WarehouseException {
        return new GlueJob(
                GlueClient.builder()
                        .region(AwsAccess.region())
                        .credentialsProvider(AwsAccess.credentials())
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build(),
                name);
    }

    /**
     * Starts a run unless one is under way. Returns what was done, as a sentence.
     *
     * <p>Glue itself lets a second run wait for some minutes, bills it, and may fail it. So the runs are looked at first; of
     * two callers at the same time, Glue refuses one or lets its run wait, and that run then finds nothing to do.
     */
    public String start() throws WarehouseException {
        try {
            for (JobRun run : glue.getJobRuns(request -> request.jobName(name).maxResults(NEWEST))
                    .jobRuns()) {
                if (UNDER_WAY.contains(run.jobRunState())) {
                    return "Run " + run.id() + " of the job " + name + " is under way: " + run.jobRunStateAsString();
                }
            }
            return "Started run "
                    + glue.startJobRun(request -> request.jobName(name)).jobRunId() + " of the job " + name;
        } catch (ConcurrentRunsExceededException e) {
            return "Another run of the job " + name + " has just started";
        } catch (SdkException e) {
            throw AwsFailures.of("Glue", e);
        }
    }

    @Override
    public void close() {
        glue.close();
    }
}
