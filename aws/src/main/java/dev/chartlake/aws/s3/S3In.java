package dev.chartlake.aws.s3;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;

/** An object being read. Its failures name the object; closed before its end, it gives up the connection. */
final class S3In extends FilterInputStream {

    private final String uri;
    private final Closeable abort;
    private boolean ended;

    S3In(String uri, S3Requests.Opened opened) {
        super(opened.in());
        this.uri = uri;
        this.abort = opened.abort();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int read = in.read(bytes, from, length);
            ended |= read < 0;
            return read;
        } catch (SdkException e) {
            throw S3Failures.of("s3:GetObject", uri, e);
        } catch (IOException e) {
            throw new IOException(uri + " broke off: " + e.getMessage() + ". Nothing is lost: run it again.", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            in.close();
        } else {
            abort.close();
        }
    }
}
