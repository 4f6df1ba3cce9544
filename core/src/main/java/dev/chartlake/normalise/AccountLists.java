package dev.chartlake.normalise;

import dev.chartlake.entry.Snapshot;
import dev.chartlake.normalise.account.AccountListReader;
import dev.chartlake.normalise.account.Redaction;
import dev.chartlake.normalise.document.Answers.Answer;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.Spans;
import dev.chartlake.raw.RawKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Splits files of an account export into a part for each list. Used by one thread. */
final class AccountLists {

    private final AccountListReader reader = new AccountListReader();
    private final Redaction redaction = new Redaction();
    private final Redaction.Personal personal;

    AccountLists(Redaction.Personal personal) {
        this.personal = personal;
    }

    /** What else the file has, such as {@code albums (2)}. */
    List<String> leftOut() {
        return List.copyOf(reader.leftOut());
    }

    /** How many personal values of its lists are replaced. */
    long replaced() {
        return redaction.replaced();
    }

    /** The lists of a file, whose entries {@code scratch} takes. */
    List<Part> parts(RawReader.Source file, Snapshot scratch) throws IOException {
        redaction.start();
        try (InputStream in = file.open()) {
            reader.read(in, scratch);
        }
        List<Part> parts = new ArrayList<>();
        for (Answer answer : reader.answers().all()) {
            Spans span = new Spans(List.of(new Spans.Span(answer.from(), answer.to())), Spans.Extent.PART);
            parts.add(new Part(
                    RawKey.ACCOUNT_EXPORT,
                    "json",
                    answer.list(),
                    answer.observedAt(),
                    answer.entries(),
                    null,
                    null,
                    null,
                    personal == Redaction.Personal.KEPT ? span : redacted(file, span)));
        }
        return parts;
    }

    private Part.Cut redacted(RawReader.Source file, Spans span) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (InputStream in = file.open()) {
            span.elements(in, object);
        }
        byte[] bytes = redaction.of(object.toByteArray());
        return (whole, to) -> {
            to.write('[');
            to.write(bytes);
            to.write(']');
        };
    }
}
