package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Table;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A transform replaces whole days, in both formats, while queries run; a query must see one state of all of them. */
class RunningTransformTest {
    private static final int DAYS = 5;

    @TempDir
    Path folder;

    @Test
    @Timeout(Hang.SECONDS)
    void aQuerySeesAllDaysBeforeACommitOrAllAfterIt() throws Exception {
        var lock = new ReentrantReadWriteLock(true);
        var versions = new ArrayList<LakeFolder>();
        for (int version = 0; version < 4; version++) {
            versions.add(version(version));
        }
        var lake = new LakeFolder(folder.resolve("lake"));
        publish(versions.get(0), lake);
        var stop = new AtomicBoolean();
        var commits = new AtomicInteger();
        var queries = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(3);
        try (var engine = new DuckDbLake(lake.root(), () -> {
            lock.readLock().lock();
            return lock.readLock()::unlock;
        })) {
            var work = new ArrayList<Future<?>>();
            work.add(threads.submit(looping(stop, () -> {
                lock.writeLock().lock();
                try {
                    publish(versions.get(commits.incrementAndGet() % versions.size()), lake);
                } finally {
                    lock.writeLock().unlock();
                }
                return null;
            })));
            for (int reader = 0; reader < 2; reader++) {
                work.add(threads.submit(looping(stop, () -> {
                    assertThat(
                                    LakeFolder.csv(
                                            engine,
                                            "SELECT count(*) AS days, count(DISTINCT artist_name) AS versions FROM artist_days"))
                            .isEqualTo("days,versions\n" + DAYS + ",1\n");
                    queries.incrementAndGet();
                    return null;
                })));
            }
            while (!stop.get() && (commits.get() <= 10 || queries.get() <= 10)) {
                Thread.sleep(20);
            }
            stop.set(true);
            for (var each : work) {
                each.get();
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void theGuardIsFreeBeforeRowsArePrintedAndAfterAnError() throws IOException {
        var held = new AtomicInteger();
        var holds = new AtomicInteger();
        new LakeFolder(folder).csv(Table.ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,");
        try (var engine = new DuckDbLake(folder, () -> {
            holds.incrementAndGet();
            held.incrementAndGet();
            return held::decrementAndGet;
        })) {
            engine.run("FROM artists", new ResultSink() {
                @Override
                public void columns(List<ResultColumn> columns) {
                    assertThat(held).hasValue(0);
                }

                @Override
                public void row(List<@Nullable Object> values) {
                    assertThat(values).contains("A");
                }

                @Override
                public void end() {}
            });
            assertThat(holds).hasValue(1);
            assertThatThrownBy(() -> LakeFolder.csv(engine, "SELECT error('no') FROM artists"))
                    .isInstanceOf(QueryException.class);
            assertThat(holds).hasValue(3); // once more to look whether a file is damaged
            assertThat(held).hasValue(0);
        }
    }

    private static Callable<Void> looping(AtomicBoolean stop, Callable<Void> step) {
        return () -> {
            try {
                while (!stop.get()) {
                    step.call();
                }
            } finally {
                stop.set(true);
            }
            return null;
        };
    }

    /** Versions alternate in format and keep their size, which is what a cache would overlook. */
    private LakeFolder version(int version) {
        var lake = new LakeFolder(folder.resolve("version" + version));
        for (int day = 1; day <= DAYS; day++) {
            var date = "2021-03-0" + day;
            if ((version + day) % 2 == 0) {
                lake.parquet(Table.ARTISTS, date, "SELECT 'a' AS artist_id, 'v" + version + "' AS artist_name");
            } else {
                lake.csv(Table.ARTISTS, date, "a," + date + " 12:00:00,v" + version + ",");
            }
        }
        return lake;
    }

    private static void publish(LakeFolder from, LakeFolder to) throws IOException {
        for (int day = 1; day <= DAYS; day++) {
            var date = "2021-03-0" + day;
            Files.deleteIfExists(to.root().resolve(Manifest.key(LocalDate.parse(date))));
            for (var name : new String[] {"part-0.parquet", "part-0.csv"}) {
                var source = from.file(Table.ARTISTS, date, name);
                var target = to.file(Table.ARTISTS, date, name);
                if (Files.exists(source)) {
                    var staged = Files.copy(source, target.resolveSibling(".staged"));
                    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.deleteIfExists(target);
                }
            }
            to.commit(date);
        }
    }
}
