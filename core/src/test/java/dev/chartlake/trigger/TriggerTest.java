package dev.chartlake.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trigger.Sender.Reply;
import dev.chartlake.trigger.Trigger.Result;
import dev.chartlake.trigger.Trigger.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file after its playlists were sent. */
class TriggerTest {

    private static final String A = "0123456789abcdefABCDEA";
    private static final String B = "0123456789abcdefABCDEB";
    private static final String C = "0123456789abcdefABCDEC";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private final Map<String, Reply> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    @Test
    void onlyTheCellsThatChangeChange() throws Exception {
        Path file = write("\uFEFF\"playlist_uri\",note,request_sent,response\r\n"
                + "spotify:playlist:" + A + ",\"keep, \"\"this\"\"\", False ,\r\n"
                + "\r\n"
                + "\"https://open.spotify.com/playlist/" + B + "?si=x\",æøå,True,200 before\r\n"
                + C + ",,,\"\"\r\n"
                + "nonsense,x");
        answers.put(A, new Reply.Accepted("202 {\"status\":\"accepted\"}"));
        answers.put(C, new Reply.Refused("404"));
        assertThat(run(file)).isEqualTo(new Result(1, 2, 1, 0, Stop.NONE, ""));
        assertThat(asked).containsExactly(A, C);
        assertThat(Files.readString(file))
                .startsWith("\uFEFF\"playlist_uri\",note,request_sent,response\r\n"
                        + "spotify:playlist:" + A
                        + ",\"keep, \"\"this\"\"\",True,\"202 {\"\"status\"\":\"\"accepted\"\"}\"\r\n"
                        + "\r\n"
                        + "\"https://open.spotify.com/playlist/" + B + "?si=x\",æøå,True,200 before\r\n"
                        + C + ",,,\"404\"\r\n"
                        + "nonsense,x,,\"not sent: Not a Spotify playlist: 'nonsense'");
        answers.put(C, new Reply.Accepted("200"));
        assertThat(run(file).sent()).isEqualTo(1);
        assertThat(asked).containsExactly(A, C, C);
    }

    @Test
    void bytesThatAreNoUtf8AndMissingColumnsAreNoTrouble() throws Exception {
        Path file = folder.resolve("playlists.csv");
        byte[] latin = ("x;playlist_uri\n\u00e6;" + A + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.write(file, latin);
        answers.put(A, new Reply.Accepted("200 ø"));
        run(file);
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo("x;playlist_uri;request_sent;response\n\u00e6;" + A + ";true;200 \u00c3\u00b8\n");
    }

    @Test
    void aFileWithoutTheColumnIsRefused() throws IOException {
        PlaylistsFile file = new PlaylistsFile(write("uri,sent\na,b\n"));
        assertThatThrownBy(file::entries)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("playlist_uri,request_sent,response");
        PlaylistsFile open = new PlaylistsFile(write("playlist_uri\n\"" + A + "\n"));
        assertThatThrownBy(open::entries).hasMessageContaining("quotation mark in row 2");
    }

    @Test
    void aMarkThatSaysNeitherYesNorNoIsLeftAlone() throws Exception {
        Path file = write("playlist_uri,request_sent,response\n" + A + ",maybe,\n");
        assertThat(run(file).failed()).isEqualTo(1);
        assertThat(asked).isEmpty();
        assertThat(file).content().isEqualTo("playlist_uri,request_sent,response\n" + A + ",maybe,\n");
    }

    @Test
    void aLimitStopsAndIsRemembered() throws Exception {
        Path file = write("playlist_uri,request_sent,response\n" + A + ",false,\n" + B + ",false,\n");
        answers.put(A, new Reply.Limited("429", NOW.plusSeconds(90)));
        Result result = run(file);
        assertThat(result.stop()).isEqualTo(Stop.LIMITED);
        assertThat(result.left()).isEqualTo(1);
        assertThat(result.reason()).isEqualTo("429, not before 2026-11-21T10:01:30Z");
        assertThat(Files.readString(file))
                .contains(A + ",false,\"429, not before 2026-11-21T10:01:30Z\"\n" + B + ",false,\n");
        assertThat(trigger(file, NOW).notBefore()).contains(NOW.plusSeconds(90));
        assertThat(trigger(file, NOW.plusSeconds(90)).notBefore()).isEmpty();
    }

    @Test
    void whereNobodyAnswersTheRestIsNotTried() throws Exception {
        Path file = write("playlist_uri\n" + Stream.of(A, B, C, A, B).reduce("", (all, id) -> all + id + "\n"));
        for (String id : List.of(A, B, C)) {
            answers.put(id, new Reply.Silent("no answer: refused"));
        }
        assertThat(run(file))
                .extracting(Result::failed, Result::left, Result::stop)
                .containsExactly(3, 2, Stop.SILENT);
        answers.put(A, new Reply.SignIn("401"));
        assertThat(run(file))
                .extracting(Result::failed, Result::left, Result::stop)
                .containsExactly(1, 4, Stop.SIGN_IN);
    }

    @Test
    void rowsThatSomebodyAddsMeanwhileAreSentToo() throws Exception {
        Path file = write("playlist_uri,request_sent,response\n" + A + ",false,\n" + A + ",false,\n");
        answers.put(A, new Reply.Accepted("200"));
        answers.put(B, new Reply.Accepted("201"));
        meanwhile = () -> {
            meanwhile = () -> {};
            write("playlist_uri,request_sent,response,mine\n" + B + ",false,,x\n" + A + ",false,\n" + A + ",false,\n");
        };
        assertThat(run(file).sent()).isEqualTo(3);
        assertThat(file)
                .content()
                .isEqualTo("playlist_uri,request_sent,response,mine\n" + B + ",true,201,x\n" + A + ",true,200\n" + A
                        + ",true,200\n");
    }

    @Test
    void permissionsAndLinksStay() throws Exception {
        Path real = write("playlist_uri\n" + A + "\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
        answers.put(A, new Reply.Accepted("200"));
        run(link);
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
        assertThat(real).content().contains(A + ",true,200");
    }

    @Test
    void killedAnywhereNothingIsLostAndNothingIsMarkedWrongly() throws Exception {
        Seeded.run(random -> {
            List<String> ids = IntStream.range(0, 20)
                    .mapToObj(i -> String.format("%022d", i))
                    .toList();
            Path file = write("playlist_uri,request_sent,response\n" + String.join(",false,\n", ids) + ",false,\n");
            ids.forEach(id -> answers.put(id, new Reply.Accepted("200 " + id)));
            asked.clear();
            int kills = 0;
            while (new PlaylistsFile(file)
                    .entries().stream().anyMatch(entry -> !entry.sent().orElse(false))) {
                int[] left = {random.nextInt(4)};
                meanwhile = () -> {
                    if (left[0]-- == 0) {
                        throw new IllegalStateException("killed");
                    }
                };
                Files.writeString(folder.resolve(".playlists.csv.tmp"), "half a fi");
                try {
                    run(file);
                } catch (IllegalStateException e) {
                    kills++;
                }
                for (PlaylistsFile.Entry entry : new PlaylistsFile(file).entries()) {
                    assertThat(entry.sent().orElse(false))
                            .isEqualTo(entry.response().equals("200 " + entry.uri()));
                    assertThat(asked.contains(entry.uri()) || !entry.sent().orElse(false))
                            .isTrue();
                }
            }
            assertThat(new PlaylistsFile(file).entries())
                    .extracting(PlaylistsFile.Entry::uri)
                    .isEqualTo(ids);
            assertThat(asked).hasSize(ids.size() + kills);
        });
    }

    private Result run(Path file) throws Exception {
        return trigger(file, NOW).run(new Trigger.Listener() {
            @Override
            public void sent(String uri, String answer) {}

            @Override
            public void failed(String uri, String answer) {}
        });
    }

    private Trigger trigger(Path file, Instant now) throws IOException {
        return new Trigger(new PlaylistsFile(file), this::send, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Reply send(PlaylistRef list) {
        asked.add(list.id());
        meanwhile.run();
        return answers.getOrDefault(list.id(), new Reply.Refused("500"));
    }

    private Path write(String content) {
        try {
            return Files.writeString(folder.resolve("playlists.csv"), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
