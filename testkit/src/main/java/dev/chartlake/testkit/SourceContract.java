package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.extract.ExtractResult;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Source;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Source} promises. */
public abstract class SourceContract {

    @TempDir
    private Path folder = Path.of("");

    private LocalStore store = new LocalStore(folder);

    /** What can be wrong with the service that a source asks. */
    protected enum Trouble {
        /** Answers end in their middle. */
        CUT_OFF,

        /** It answers nothing at all. */
        SILENT,

        /** It refuses to sign the app in. */
        SIGN_IN,

        /** It wants no more requests for a long time. */
        RATE_LIMIT
    }

    /** A source that archives into {@code store}, as a run makes it. */
    protected abstract Source source(ObjectStore store);

    /** A list that can be had. */
    protected abstract PlaylistRef list();

    /** One that the service does not know. */
    protected abstract PlaylistRef unknown();

    /** Puts the service into trouble that does not end. */
    protected abstract void make(Trouble trouble);

    @BeforeEach
    final void open() {
        store = new LocalStore(folder);
    }

    /** All objects of the lake with their bytes. */
    private Map<String, String> objects() throws Exception {
        Map<String, String> objects = new TreeMap<>();
        for (ObjectInfo object : store.list("")) {
            byte[] bytes = store.read(object.key()).orElseThrow().bytes();
            objects.put(object.key(), new String(bytes, StandardCharsets.UTF_8));
        }
        return objects;
    }

    private Archived archived(ExtractResult result) {
        if (result instanceof Archived archived) {
            return archived;
        }
        throw new AssertionError(result);
    }

    @Test
    void aSnapshotIsArchivedAndHasTheEntriesItIsSaidToHave() throws Exception {
        Archived archived = archived(source(store).extract(list()));
        assertThat(archived.added()).isTrue();
        assertThat(archived.complete()).isTrue();
        assertThat(archived.key().list()).isEqualTo(list().id());
        assertThat(objects()).containsOnlyKeys(archived.key().in(RawState.TO_PROCESS));
        TransformResult result = new Transformer(store, new CsvFormat(), 1, 64 << 20)
                .run(List.of(archived.key().date()), (done, of) -> {});
        assertThat(result.failures()).isEmpty();
        assertThat(result.unreadable()).isEmpty();
        assertThat(result.days())
                .singleElement()
                .extracting(CommittedDay::entriesRead)
                .isEqualTo((long) archived.entries());
    }

    @Test
    void takenAgainNothingThatIsThereChanges() throws Exception {
        Source source = source(store);
        Archived first = archived(source.extract(list()));
        Map<String, String> before = objects();
        Archived second = archived(source.extract(list()));
        assertThat(objects()).containsAllEntriesOf(before);
        assertThat(objects()).hasSize(second.added() ? 2 : 1);
        assertThat(second.key().equals(first.key())).isEqualTo(!second.added());
    }

    @Test
    void aListThatIsNotKnownFailsAndTheNextOneIsTaken() throws Exception {
        Source source = source(store);
        assertThat(source.extract(unknown())).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.why()).isEqualTo(Why.UNKNOWN);
            assertThat(failed.reason()).isNotBlank();
            assertThat(failed.cure()).isNotBlank();
        });
        assertThat(objects()).isEmpty();
        assertThat(archived(source.extract(list())).added()).isTrue();
    }

    @Test
    void anAnswerThatEndsInItsMiddleLeavesNoSnapshot() throws Exception {
        make(Trouble.CUT_OFF);
        assertThat(source(store).extract(list()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).isIn(Why.UNAVAILABLE, Why.NO_ANSWER));
        assertThat(objects().keySet()).noneMatch(key -> key.startsWith(RawState.TO_PROCESS.prefix()));
    }

    @Test
    void silenceIsToldFromARefusal() throws Exception {
        make(Trouble.SILENT);
        assertThat(source(store).extract(list()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).isEqualTo(Why.NO_ANSWER));
        assertThat(objects()).isEmpty();
    }

    @Test
    void whatEveryListWouldMeetStopsTheRun() throws Exception {
        for (Trouble trouble : List.of(Trouble.RATE_LIMIT, Trouble.SIGN_IN)) {
            make(trouble);
            assertThatThrownBy(() -> source(store).extract(list()))
                    .as(trouble.name())
                    .isInstanceOfSatisfying(
                            StopException.class,
                            stop -> assertThat(stop.reason()).isNotBlank());
            assertThat(objects()).isEmpty();
        }
    }
}
