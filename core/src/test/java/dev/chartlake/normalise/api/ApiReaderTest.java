package dev.chartlake.normalise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.entry.Snapshot;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.ModelReader;
import dev.chartlake.normalise.RandomAnswers;
import dev.chartlake.normalise.RandomAnswers.Style;
import dev.chartlake.normalise.RawInspector;
import dev.chartlake.normalise.ReaderUnderTest;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the Web API are read as they are meant, in whatever order and form their fields come. */
class ApiReaderTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIST = "37i9dQZEVXbMDoHDwVN2tF";
    private static final String OTHER = "37i9dQZEVXbJvfa0Yxg7E7";
    private static final String ROW = "{'track':{'id':'s'}}";

    private final ReaderUnderTest reader = new ReaderUnderTest();

    /** Hand-written documents use single quotes, for the eyes. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private ModelReader.Reading read(String text) throws Exception {
        return reader.read(json(text));
    }

    /** The value of one field of the only entry. */
    private @Nullable Object entry(String row, String field) throws Exception {
        ModelReader.Reading reading = read("{'items':[" + row + "]}");
        assertThat(reading.entries()).hasSize(1);
        return reading.entries().get(0).get(field);
    }

    private JsonException error(String text) {
        try {
            read(text);
        } catch (JsonException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was read: " + text);
    }

    // ---- The same answer in many forms

    /** Compares piece by piece, so that a failure shows what differs. */
    private void check(String text, ModelReader.Reading expected) throws Exception {
        ModelReader.Reading reading = reader.read(text);
        String start = text.length() < 3_000 ? text : text.substring(0, 300) + "…";
        assertThat(reading.list()).as(start).isEqualTo(expected.list());
        for (int i = 0;
                i < Math.min(expected.entries().size(), reading.entries().size());
                i++) {
            Map<String, Object> actual = reading.entries().get(i);
            Map<String, Object> right = expected.entries().get(i);
            if (!actual.equals(right)) {
                Map<String, Object> wrong = new TreeMap<>(actual);
                wrong.entrySet().removeAll(right.entrySet());
                right.entrySet().removeAll(actual.entrySet());
                assertThat(wrong).as("entry %d of %s", i, start).isEqualTo(right);
            }
        }
        assertThat(reading.entries()).as(start).hasSameSizeAs(expected.entries());
        assertThat(reading.read()).as(start).isEqualTo(expected.read());
        assertThat(reading.repeated()).as(start).isEqualTo(expected.repeated());
    }

    /** Rows begin alike up to the time, and go on in one way or another. */
    @Test
    void whoAddedARowBeforeItsTimeIsReadInEveryRow() throws Exception {
        String by = "{\"added_by\":{\"id\":\"someone\"},\"added_at\":\"2024-01-0";
        String song = "\"track\":{\"id\":\"4uLU6hMCjMI75M1A2tKUQC\",\"type\":\"track\",\"name\":\"a\"}}";
        String page = "{\"items\":[" + by + "1T00:00:00Z\"," + song + "," + by + "2T00:00:00Z\"," + song + "," + by
                + "3T00:00:00Z\",\"x\":1," + song + "," + by + "4T00:00:00Z\",\"is_local\":true," + song + "]}";
        check(page, ModelReader.read(JSON.readTree(page)));
    }

    /** One reader reads documents of all orders in turn, so that what it learns of one must not harm the next. */
    @Test
    void readsAnyFormAsTheTreeSays() throws Exception {
        Seeded.run(5, random -> {
            for (int world = 0; world < 2; world++) {
                RandomAnswers answers = new RandomAnswers(random, random.nextInt(4) * random.nextInt(4) * 2);
                for (int i = 0; i < 30; i++) {
                    JsonNode document = answers.document();
                    ModelReader.Reading expected = ModelReader.read(document);
                    if (random.nextInt(4) == 0) {
                        reader.newDay();
                    }
                    for (Style style : Style.values()) {
                        String text = answers.write(document, style, random.nextBoolean());
                        check(text, expected);
                    }
                }
            }
        });
    }

    /** As above in documents that are several windows long, with orders that change from answer to answer. */
    @Test
    void readsAnyFormOfLongDocuments() throws Exception {
        Seeded.run(2, random -> {
            RandomAnswers answers = new RandomAnswers(random, 1);
            for (int i = 0; i < 2; i++) {
                JsonNode document = answers.document(12, 100);
                ModelReader.Reading expected = ModelReader.read(document);
                StringBuilder text = new StringBuilder();
                for (JsonNode answer : document.isArray() ? document : List.of(document)) {
                    Style style = Style.values()[random.nextInt(3)];
                    text.append(text.isEmpty() ? "[" : ",")
                            .append(answers.write(answer, style, random.nextInt(3) == 0));
                }
                check(text.append(']').toString(), expected);
            }
        });
    }

    @Test
    void jacksonsOwnPrettyPrintingIsTheSame() throws Exception {
        Seeded.run(10, random -> {
            RandomAnswers answers = new RandomAnswers(random, 2);
            for (int i = 0; i < 10; i++) {
                JsonNode document = answers.document();
                String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
                check(text, ModelReader.read(document));
            }
        });
    }

    /** The same item again and again, long enough to be recognised, with a popularity of many forms. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "100", "null", "5.0", "5e1", "'5'", "[5]", "5,'popularity':null"})
    void recurringItemsSayTheSameEachTime(String popularity) throws Exception {
        String markets = String.join(",", Collections.nCopies(250, "'NO'"));
        for (String before : new String[] {"7", popularity}) {
            String item = "{'album':{'id':'a','name':'n'},'available_markets':[" + markets + "],'id':'s','name':'n',"
                    + "'popularity':~,'track_number':3,'uri':'u'}";
            String row = "{'added_at':'2024-04-22T11:06:52Z','track':" + item + "}";
            String first = row.replace("~", before);
            Map<String, Object> once = new ReaderUnderTest()
                    .read(json("{'items':[" + row.replace("~", popularity) + "]}"))
                    .entries()
                    .get(0);
            List<Map<String, Object>> often = new ReaderUnderTest()
                    .read(json("{'items':[" + first + ","
                            + String.join(",", Collections.nCopies(6, row)).replace("~", popularity) + "]}"))
                    .entries();
            for (int i = 1; i < 7; i++) {
                once.put("position", i + 1);
                assertThat(often.get(i)).isEqualTo(once);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "-5", "-0", "2147483647", "null,'popularity':1000", "5,'popularity':6"})
    void recurringItemsKeepAlsoAnOddPopularity(String popularity) throws Exception {
        recurringItemsSayTheSameEachTime(popularity);
    }

    /** The first song has a field that the next one lacks: nothing of the first may stay. */
    @Test
    void forgetsEachEntryBeforeTheNext() throws Exception {
        Seeded.run(25, random -> {
            RandomAnswers answers = new RandomAnswers(random, 40);
            for (int i = 0; i < 10; i++) {
                JsonNode document = answers.document(2, 12);
                check(document.toString(), ModelReader.read(document));
            }
        });
    }

    @Test
    void everyDamagedAnswerIsReadOrRefused() throws Exception {
        Seeded.run(10, random -> {
            RandomAnswers answers = new RandomAnswers(random, 3);
            int refused = 0;
            for (int i = 0; i < 100; i++) {
                String text = answers.write(answers.document(2, 4), Style.PLAIN, false);
                int at = random.nextInt(text.length());
                String damaged = text.substring(0, at)
                        + "{}[]:,\"\\1e tn".charAt(random.nextInt(13))
                        + text.substring(at + random.nextInt(2));
                try {
                    reader.read(damaged);
                } catch (JsonException e) {
                    refused++;
                    assertThat(e.offset()).as("%s in %s", e, damaged).isBetween(0L, (long)
                            damaged.getBytes(StandardCharsets.UTF_8).length);
                }
                // Whatever happened, the next document is read as if nothing had.
                if (i % 10 == 0) {
                    assertThat(read("{'items':[" + ROW + "]}").entries()).hasSize(1);
                }
            }
            assertThat(refused).isPositive();
        });
    }

    // ---- Fields

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            added_at     | {'added_at':'2024-04-22T11:06:52Z','track':null}   | 1713784012000000
            added_by     | {'added_by':{'id':'u'},'track':null}               | u
            kind         | {'track':null}                                     | UNAVAILABLE
            kind         | {'track':{}}                                       | UNAVAILABLE
            kind         | {'track':{'id':'s'}}                               | TRACK
            kind         | {'item':{'id':'s'}}                                | TRACK
            kind         | {'track':true,'item':{'id':'s'}}                   | TRACK
            kind         | {'item':{'id':'s'},'track':true}                   | TRACK
            kind         | {'item':{'track':true,'episode':false,'id':'s'}}   | TRACK
            kind         | {'track':null,'item':{'id':'s'}}                   | TRACK
            kind         | {'track':{'id':'s','type':'episode'}}              | EPISODE
            kind         | {'is_local':true,'track':{'id':'s'}}               | LOCAL
            kind         | {'track':{'id':'s','is_local':true}}               | LOCAL
            kind         | {'is_local':'true','track':{'id':'s'}}             | LOCAL
            kind         | {'is_local':'maybe','track':{'id':'s'}}            | TRACK
            kind         | {'track':{'id':'s','type':'chapter'}}              | EPISODE
            kind         | {'track':{'id':'s','type':'audiobook'}}            | OTHER
            kind         | {'is_local':true,'track':{'id':'s','type':'ad'}}   | OTHER
            kind         | {'track':{'uri':'spotify:episode:4uLU6hMCjMI75M1A2tKUQC'}} | EPISODE
            kind         | {'track':{'uri':'spotify:local:a:b:c:1'}}          | LOCAL
            kind         | {'track':{'uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQC'}} | TRACK
            song_id      | {'track':{'uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQC'}} | 4uLU6hMCjMI75M1A2tKUQC
            song_id      | {'track':{'uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQC','id':null}} | 4uLU6hMCjMI75M1A2tKUQC
            song_id      | {'track':{'href':'https://api.spotify.com/v1/tracks/4uLU6hMCjMI75M1A2tKUQC','id':''}} | 4uLU6hMCjMI75M1A2tKUQC
            song_id      | {'track':{'external_urls':{'spotify':'https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC?si=12'}}} | 4uLU6hMCjMI75M1A2tKUQC
            song_id      | {'track':{'url':'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC'}} | 4uLU6hMCjMI75M1A2tKUQC
            song_id      | {'track':{'id':'s','uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQC'}} | s
            song_id      | {'track':{'uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQCx'}} | null
            album_id     | {'track':{'id':'s','album':{'uri':'spotify:album:4uLU6hMCjMI75M1A2tKUQC'}}} | 4uLU6hMCjMI75M1A2tKUQC
            album_id     | {'track':{'id':'s','album':{'href':'x/v1/albums/4uLU6hMCjMI75M1A2tKUQC'}}} | 4uLU6hMCjMI75M1A2tKUQC
            song_artists | {'track':{'id':'s','artists':[{'uri':'spotify:artist:4uLU6hMCjMI75M1A2tKUQC','name':'A'}]}} | [[4uLU6hMCjMI75M1A2tKUQC, A, null]]
            artist_names | {'track':{'artists':['A','B']}}                    | A, B
            artist_names | {'track':{'artists':'A, B'}}                       | A, B
            song_name    | {'track':{'name':1989}}                            | 1989
            duration_ms  | {'track':{'id':'s','duration_ms':'231000'}}        | 231000
            duration_ms  | {'track':{'id':'s','duration_ms':231000.0}}        | 231000
            duration_ms  | {'track':{'id':'s','duration_ms':2.31e5}}          | 231000
            duration_ms  | {'track':{'id':'s','duration_ms':' 231000.00 '}}   | 231000
            duration_ms  | {'track':{'id':'s','duration_ms':231000.5}}        | null
            duration_ms  | {'track':{'id':'s','duration_ms':'3:51'}}          | null
            duration_ms  | {'track':{'id':'s','duration_ms':1e999999999}}     | null
            popularity   | {'track':{'id':'s','popularity':'5'}}              | 5
            popularity   | {'track':{'id':'s','popularity':5.0}}              | 5
            explicit     | {'track':{'id':'s','explicit':'True'}}             | true
            explicit     | {'track':{'id':'s','explicit':0}}                  | false
            explicit     | {'track':{'id':'s','explicit':'yes'}}              | null
            release_precision | {'track':{'id':'s','album':{'release_date':'2020-01-02T00:00:00Z'}}} | day
            kind         | {'is_local':true,'track':{'type':'episode'}}       | EPISODE
            item_uri     | {'track':{'uri':'spotify:local:a:b:c:1'}}          | spotify:local:a:b:c:1
            song_id      | {'track':{'id':'s'}}                               | s
            song_name    | {'track':{'name':'\\u0041\\ud83c\\udfb5\\/\\n\\\\'}} | `A🎵/\n\\`
            song_name    | {'track':{'name':''}}                              | ``
            artist_names | {'track':{'artists':[{'name':'A'},{'name':'B'}]}}  | A, B
            artist_names | {'track':{'artists':[{'name':'A'}]}}               | A
            artist_names | {'track':{'artists':[{},{'name':'B'},null,7]}}     | B
            artist_names | {'track':{'type':'episode','show':{'name':'P'}}}   | P
            duration_ms  | {'track':{'id':'s','duration_ms':231000}}          | 231000
            duration_ms  | {'track':{'id':'s','duration_ms':999999999999}}    | 999999999999
            song_url     | {'track':{'id':'s','external_urls':{'spotify':'u'}}} | u
            popularity   | {'track':{'id':'s','popularity':0}}                | 0
            explicit     | {'track':{'id':'s','explicit':true}}               | true
            explicit     | {'track':{'id':'s','explicit':false}}              | false
            isrc         | {'track':{'id':'s','external_ids':{'isrc':'noX12'}}} | NOX12
            disc_number  | {'track':{'id':'s','disc_number':2}}               | 2
            track_number | {'track':{'id':'s','track_number':2147483647}}     | 2147483647
            album_id     | {'track':{'id':'s','album':{'id':'a'}}}            | a
            album_name   | {'track':{'id':'s','album':{'name':'n'}}}          | n
            album_type   | {'track':{'id':'s','album':{'album_type':'ep'}}}   | ep
            release_text | {'track':{'id':'s','album':{'release_date':'1969'}}} | 1969
            release_precision | {'track':{'id':'s','album':{'release_date':'1969','release_date_precision':'day'}}} | year
            release_precision | {'track':{'id':'s','album':{'release_date':'1969-07'}}}    | month
            release_precision | {'track':{'id':'s','album':{'release_date':'1969-07-21'}}} | day
            total_tracks | {'track':{'id':'s','album':{'total_tracks':12}}}   | 12
            album_url    | {'track':{'id':'s','album':{'external_urls':{'spotify':'u'}}}} | u
            image_url    | {'track':{'id':'s','album':{'images':[{'url':'1'},{'url':'2'}]}}} | 1
            song_artists | {'track':{'id':'s','artists':[{'id':'a','name':'A','external_urls':{'spotify':'u'}},{}]}} | [[a, A, u], [null, null, null]]
            song_artists | {'track':{'id':'s','artists':[]}}                  | []
            album_artists | {'track':{'id':'s','album':{'artists':[{'id':''},{'id':'b'}]}}} | [[null, null, null], [b, null, null]]
            """)
    void readsEachField(String field, String row, String expected) throws Exception {
        assertThat(String.valueOf(entry(row, field))).isEqualTo(expected);
    }

    /** A value of the wrong type is as good as none, in every field; what stands behind it is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "-7.5e3",
                "true",
                "false",
                "'text'",
                "''",
                "[]",
                "[null]",
                "[[7]]",
                "['x',{'id':7}]",
                "{}",
                "{'a':{'b':[]}}",
                "123456789012345678901234567890",
                "{'id':7,'name':7,'spotify':7,'url':7,'isrc':[7]}"
            })
    void takesAnyTypeForAnyField(String value) throws Exception {
        String inArtist = "'external_urls':~,'id':~,'name':~,'type':~";
        String inAlbum = "'album_type':~,'artists':~,'artists':[~,{" + inArtist + "}],'available_markets':~,"
                + "'external_urls':~,'id':~,'images':~,'images':[~,~],'name':~,'release_date':~,'total_tracks':~";
        String inItem = "'album':~,'album':{" + inAlbum + "},'artists':~,'artists':[{" + inArtist + "},~],"
                + "'available_markets':~,'disc_number':~,'duration_ms':~,'explicit':~,'external_ids':~,"
                + "'external_urls':~,'id':~,'is_local':~,'name':~,'popularity':~,'track_number':~,'type':~,'uri':~,'show':~";
        String inRow = "'added_at':~,'added_by':~,'is_local':~,'unknown':~";
        String rows = "[~,{" + inRow + ",'item':~},{'track':~,'item':{" + inItem + "}},{'track':{" + inItem + "}},"
                + "{'track':{'id':'s','name':'last'}}]";
        String list = "'name':~,'owner':~,'owner':{'id':~,'display_name':~},'description':~,'external_urls':~,"
                + "'images':~,'followers':~,'followers':{'total':~},'snapshot_id':~,'limit':~,'next':~";
        for (String key : List.of("tracks", "items")) {
            String document = "{'type':'playlist','id':'" + LIST + "'," + list + ",'" + key + "':{'total':~,'items':"
                    + rows + ",'previous':~},'name':'N'}";
            ModelReader.Reading reading = read(document.replace("~", value));
            assertThat(reading.entries()).hasSize(5);
            assertThat(reading.entries().get(4))
                    .containsEntry("song_id", "s")
                    .containsEntry("song_name", "last")
                    .containsEntry("position", 5);
            assertThat(reading.list()).containsEntry("list_id", LIST).containsEntry("name", "N");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7.5", "'seven'", "null", "true", "[7]", "-2147483648", "2147483648", "1234567890123456789"})
    void anIntegerIsAnIntegerInRange(String value) throws Exception {
        assertThat(entry("{'track':{'id':'s','popularity':" + value + ",'disc_number':3}}", "popularity"))
                .isNull();
        assertThat(entry("{'track':{'id':'s','popularity':" + value + ",'disc_number':3}}", "disc_number"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-07-21T02:56:15Z",
                "2024-04-22",
                "2023-02-29T00:00:00Z",
                "2024-04-22T24:00:00Z",
                "2024-04-22T23:59:60Z",
                "",
                "2024-04-2xT11:06:52Z"
            })
    void aTimeOfAnyOtherFormIsNone(String time) throws Exception {
        assertThat(entry("{'added_at':'" + time + "','track':null}", "added_at"))
                .isNull();
    }

    /** Of 2024-04-22T11:06:52Z; a time without a zone is one of UTC, as Spotify means all of its times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2024-04-22T11:06:52Z'",
                "'2024-04-22T11:06:52'",
                "'2024-04-22 11:06:52Z'",
                "'2024-04-22 11:06:52'",
                "'2024-04-22T11:06:52.000Z'",
                "'2024-04-22T11:06:52+00:00'",
                "'2024-04-22 13:06:52.000000+02:00'",
                "'2024-04-22T06:06:52-0500'",
                "1713784012",
                "1713784012000",
                "'1713784012.0'"
            })
    void aTimeMayBeWrittenOtherwise(String time) throws Exception {
        assertThat(entry("{'added_at':" + time + ",'track':null}", "added_at")).isEqualTo(1_713_784_012_000_000L);
    }

    /** What cannot be read is counted, each time it is there, and the first is shown; what is not said is not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'duration_ms':'3:51'              | 3 | position 1: duration_ms is 3:51
            'duration_ms':200000.5            | 3 | position 1: duration_ms is 200000.5
            'duration_ms':12345678901234567890 | 3 | position 1: duration_ms is 12345678901234567890
            'popularity':'high'               | 3 | position 1: popularity is high
            'popularity':'NaN'                | 3 | position 1: popularity is NaN
            'popularity':2147483648           | 3 | position 1: popularity is 2147483648
            'explicit':'yes'                  | 3 | position 1: explicit is yes
            'explicit':2                      | 3 | position 1: explicit is 2
            'track_number':true               | 3 | position 1: track_number is true
            'album':{'total_tracks':[12]}     | 3 | position 1: album.total_tracks is [12]
            'artists':[{'name':true}]         | 3 | position 1: artists.name is true
            'artists':[7,8]                   | 6 | position 1: artists is 7
            'external_urls':'u'               | 3 | position 1: external_urls is u
            'id':7                            | 6 | position 1: name is false
            'uri':'spotify:track:4uLU6hMCjMI75M1A2tKUQC' | 3 | position 1: id is s and uri is spotify:track:4uLU6hMCjMI75M1A2tKUQC
            'duration_ms':null,'popularity':'','explicit':null,'artists':null,'album':null,'external_ids':{} | 0 | ``
            """)
    void countsWhatCannotBeRead(String field, long count, String first) throws Exception {
        String name = field.startsWith("'id'") ? "false" : "'n'";
        String item = "{'id':'s','name':" + name + ",'preview_url':'" + "x".repeat(900) + "'," + field + "}";
        String rows = String.join(",", Collections.nCopies(3, "{'track':" + item + "}"));
        for (int i = 0; i < 2; i++) {
            read("{'items':[" + rows + "]}");
            assertThat(reader.unreadable()).isEqualTo(count);
            assertThat(reader.firstUnreadable()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'total':'3 songs','items':[{'track':null}]}                       | total is 3 songs
            {'offset':'first','items':[{'track':null}]}                        | offset is first
            {'type':'playlist','followers':{'total':[]},'items':[]}            | followers.total is []
            {'type':'playlist','owner':'me','items':[]}                        | owner is me
            {'items':[{'added_at':'yesterday','track':null}]}                  | position 1: added_at is yesterday
            {'items':[{'added_at':'2024-02-30T00:00:00Z','track':null}]}       | position 1: added_at is 2024-02-30T00:00:00Z
            {'items':[{'is_local':'maybe','track':null}]}                      | position 1: is_local is maybe
            {'items':[{'track':null},{'track':'a song'}]}                      | position 2: item is a song
            {'items':[{'track':null},7]}                                       | position 2: row is 7
            """)
    void countsWhatCannotBeReadAroundTheItems(String document, String first) throws Exception {
        read(document);
        assertThat(reader.unreadable()).isEqualTo(1);
        assertThat(reader.firstUnreadable()).isEqualTo(first);
    }

    /** Rows that begin alike are read faster, and what cannot be read is counted in each of them all the same. */
    @Test
    void countsWhatCannotBeReadInEachRow() throws Exception {
        String row = "{'added_at':'yesterday','added_by':7,'track':{'id':'s'},'is_local':'maybe'}";
        read("{'items':[" + String.join(",", Collections.nCopies(5, row)) + "]}");
        assertThat(reader.unreadable()).isEqualTo(15);
    }

    @Test
    void theListComesFromWhereverItIsNamed() throws Exception {
        String page = "'items':[" + ROW + "]";
        String href = "'href':'https://api.spotify.com/v1/playlists/" + LIST + "/tracks?offset=0&limit=100'";
        Map<String, @Nullable String> documents = new LinkedHashMap<>();
        documents.put("{" + page + "}", null);
        documents.put("{" + href + "," + page + "}", LIST);
        documents.put("{" + page + "," + href + "}", LIST);
        documents.put("{'id':'" + LIST + "','type':'playlist','tracks':{" + page + "}}", LIST);
        documents.put("{'tracks':{" + page + "," + href + "}}", LIST);
        documents.put("{'id':'" + LIST + "','tracks':{" + page + "}}", LIST);
        documents.put("{'id':'" + OTHER + "','tracks':{" + page + "," + href + "}}", LIST);
        documents.put("{'id':'" + OTHER + "','tracks':{" + page + "," + href + "},'type':'playlist'}", OTHER);
        documents.put("[{" + page + "},{" + page + "," + href + "}]", LIST);
        documents.put("{" + page + ",'href':'https://api.spotify.com/v1/playlists/" + LIST + "x/tracks'}", null);
        documents.put("{" + page + ",'href':'https://api.spotify.com/v1/playlists/short'}", null);
        for (Map.Entry<String, @Nullable String> document : documents.entrySet()) {
            assertThat(read(document.getKey()).list().get("list_id"))
                    .as(document.getKey())
                    .isEqualTo(document.getValue());
        }
    }

    @Test
    void readsTheListsOwnFields() throws Exception {
        ModelReader.Reading reading = read("{'type':'playlist','id':'" + LIST + "','name':'N','description':'D',"
                + "'owner':{'id':'o','display_name':'O'},'external_urls':{'spotify':'u'},'images':[{'url':'i'}],"
                + "'followers':{'href':null,'total':35000000000},'snapshot_id':'v','items':{'total':1,'items':[" + ROW
                + "]}}");
        assertThat(reading.list())
                .isEqualTo(new TreeMap<>(Map.of(
                        "list_id",
                        LIST,
                        "name",
                        "N",
                        "description",
                        "D",
                        "owner_id",
                        "o",
                        "owner_name",
                        "O",
                        "url",
                        "u",
                        "image_url",
                        "i",
                        "followers",
                        35_000_000_000L,
                        "spotify_snapshot_id",
                        "v",
                        "total",
                        1)));
    }

    // ---- Positions

    private static String rows(int size) {
        return "'items':["
                + String.join(",", IntStream.range(0, size).mapToObj(i -> ROW).toList()) + "]";
    }

    private List<Integer> positions(String document) throws Exception {
        List<Integer> positions = new ArrayList<>();
        for (Map<String, Object> entry : read(document).entries()) {
            positions.add((Integer) Objects.requireNonNull(entry.get("position")));
        }
        return positions;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'offset':0,R2},{'offset':2,R1}]",
                "[{R2,'offset':0},{R1,'offset':2}]",
                "[{R2},{R1}]",
                "[{R2},{'offset':2,R1}]",
                "[{R2},{'href':'h?offset=2&limit=1',R1}]",
                "[{'href':'h?limit=1&offset=0',R2},{'href':'h?limit=1&offset=2',R1}]",
                "[{'href':'h?offset=9','offset':0,R2},{'href':'h?offset=9',R1,'offset':2}]",
                "[{'type':'playlist','tracks':{R2,'offset':0}},{'offset':2,R1}]",
                "[{'type':'playlist','items':{R2}},{R1}]",
                "[{'type':'playlist','offset':7,'tracks':{R2}},{R1}]",
                "[{'offset':2,R1},{'offset':0,R2}]",
                "[{R1,'offset':2},{R2,'offset':0}]",
                "[{'offset':null,R2},{'offset':'x',R1}]",
                "[{'offset':null,R2},{'offset':'2',R1}]",
                "[{'offset':-1,R2},{'offset':2.0,R1}]",
                "[{R2},{R0},{R1}]",
                "[{'type':'playlist','tracks':{R2},'items':{R2}},{R1}]",
            })
    void countsPositions(String document) throws Exception {
        String text = document.replace("R0", rows(0)).replace("R1", rows(1)).replace("R2", rows(2));
        assertThat(positions(text)).containsExactly(1, 2, 3);
    }

    @Test
    void anOffsetInALinkCountsAlsoBehindItsItems() throws Exception {
        assertThat(positions("{" + rows(2) + ",'href':'h?offset=100'}")).containsExactly(101, 102);
    }

    @Test
    void aPageThatSaysNothingFollowsTheOneBefore() throws Exception {
        assertThat(positions("[{'offset':100," + rows(2) + "},{" + rows(1) + "}]"))
                .containsExactly(101, 102, 103);
    }

    @Test
    void aPageThatSaysNothingFollowsAlsoOneWhoseOffsetComesLast() throws Exception {
        assertThat(positions("[{" + rows(2) + ",'offset':100},{" + rows(1) + "}]"))
                .containsExactly(101, 102, 103);
    }

    @Test
    void aRepeatedPositionIsCountedAndLeftOut() throws Exception {
        ModelReader.Reading reading = read(
                "[{'offset':0,'items':[{'track':{'id':'a'}},{'track':{'id':'b'}}]},"
                        + "{'offset':1,'items':[{'track':{'id':'c'}},{'track':{'id':'d'}}]},{'items':[{'track':{'id':'e'}}],'offset':0}]");
        assertThat(reading.read()).isEqualTo(5);
        assertThat(reading.repeated()).isEqualTo(2);
        assertThat(reading.entries().stream().map(entry -> "" + entry.get("position") + entry.get("song_id")))
                .containsExactly("1a", "2b", "3d");
    }

    // ---- Very long lists

    @ParameterizedTest
    @CsvSource({"9999,1", "10000,1", "10001,2", "20000,2", "25001,3"})
    void handsLongListsOverInPieces(int size, int pieces) throws Exception {
        ModelReader.Reading reading = read(pages(size, false));
        assertThat(reader.pieces).hasSize(pieces).allMatch(piece -> piece <= Snapshot.MAX_KEPT);
        assertThat(reading.read()).isEqualTo(size);
        assertThat(reading.repeated()).isZero();
        assertThat(reading.entries()).hasSize(size);
        for (int i = 0; i < size; i++) {
            assertThat(reading.entries().get(i))
                    .containsEntry("position", i + 1)
                    .containsEntry("song_id", "s" + i);
        }
        assertThat(reading.list()).containsEntry("total", size).containsEntry("list_id", LIST);
        assertThat(read("{'items':[" + ROW + "]}").entries()).hasSize(1);
    }

    @Test
    void longListsMayAlsoSayLastWhereTheirPagesStart() throws Exception {
        String document = pages(12_000, true);
        ModelReader.Reading reading = read(document);
        assertThat(reading.read()).isEqualTo(12_000);
        Set<String> found = new HashSet<>();
        reading.entries().forEach(entry -> found.add(entry.get("position") + " " + entry.get("song_id")));
        assertThat(found)
                .isEqualTo(IntStream.range(0, 12_000)
                        .mapToObj(i -> (i + 1) + " s" + i)
                        .collect(Collectors.toSet()));
    }

    /** Pages of a hundred; {@code mixed} in turn from the end and from the start, their offsets last. */
    @Test
    void listsOfLongTextsAreHandedOverInSmallerPieces() throws Exception {
        String name = "n".repeat(20_000);
        List<String> rows = IntStream.range(0, 1_000)
                .mapToObj(i -> "{'track':{'id':'s" + i + "','name':'" + name + i + "'}}")
                .toList();
        String document = "{'items':[" + String.join(",", rows) + "]}";
        ModelReader.Reading reading = read(document);
        assertThat(reader.pieces).hasSize(3);
        assertThat(reading.read()).isEqualTo(1_000);
        assertThat(reading.entries().stream().map(entry -> entry.get("position") + " " + entry.get("song_id")))
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .mapToObj(i -> (i + 1) + " s" + i)
                        .toList());
        assertThat(reading.entries())
                .allSatisfy(entry -> assertThat((String) entry.get("song_name")).startsWith(name));

        ReaderUnderTest another = new ReaderUnderTest();
        String broken = document.substring(0, document.length() - 1).replace('\'', '"');
        assertThatThrownBy(() -> another.read(broken)).isInstanceOf(JsonException.class);
        assertThat(another.pieces).isEmpty();
        assertThat(another.textMemory()).isLessThan(9 << 20);
    }

    @Test
    void aChartOfManyRowsIsReadToItsEnd() throws Exception {
        StringBuilder csv = new StringBuilder("rank,uri,artist_names,track_name,streams\n");
        for (int rank = 1; rank <= 10_050; rank++) {
            csv.append(rank)
                    .append(",spotify:track:")
                    .append(String.format("%022d", rank))
                    .append(",A,B")
                    .append(rank)
                    .append(",7\n");
        }
        ModelReader.Reading reading = reader.readCsv(csv.toString());
        assertThat(reading.read()).isEqualTo(10_050);
        assertThat(reading.entries().stream().map(entry -> "" + entry.get("position") + entry.get("song_name")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 10_050)
                        .mapToObj(rank -> rank + "B" + rank)
                        .toList());
    }

    private static String pages(int size, boolean mixed) {
        List<String> pages = new ArrayList<>();
        for (int from = 0; from < size; from += 100) {
            List<String> rows = IntStream.range(from, Math.min(size, from + 100))
                    .mapToObj(i -> "{'track':{'id':'s" + i + "'}}")
                    .toList();
            String items = "'items':[" + String.join(",", rows) + "]";
            String offset = "'offset':" + from;
            String rest = "'total':" + size + ",'href':'https://api.spotify.com/v1/playlists/" + LIST + "/tracks'";
            String page = "{" + (mixed ? items + "," + offset : offset + "," + items) + "," + rest + "}";
            pages.add(mixed && from % 200 == 0 ? 0 : pages.size(), page);
        }
        return "[" + String.join(",", pages) + "]";
    }

    @Test
    void aLongListThatBreaksOffGivesNothing() {
        String whole = pages(15_000, false);
        assertThatThrownBy(() -> read(whole.substring(0, whole.length() - 1))).isInstanceOf(JsonException.class);
        assertThat(reader.pieces).isEmpty();
    }

    // ---- What is refused

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                  | empty: no answer in it                                              | 0
            ` \n `                              | empty: no answer in it                                              | 3
            <html></html>                       | an HTML page, not JSON                                              | 0
            7                                   | not JSON: '7'                                                       | 0
            []                                  | an empty array: no answer in it                                     | 0
            [7]                                 | an answer expected, found '7'                                       | 1
            {}                                  | neither a playlist nor a page of its items                          | 0
            [{'items':[]},{}]                   | neither a playlist nor a page of its items                          | 14
            {'items':[]} x                      | trailing content: 'x'                                               | 13
            {'items':[]},{'items':[]}           | trailing content: ','                                               | 12
            {'items':[]}{'items':}              | a value expected, found '}'                                         | 21
            [{'id':'a'},{'id':'b'}]             | neither a playlist nor a page of its items                          | 1
            {'items':[{'id':'a','name':'n','artists':[],'type':'album'}]} | items that are not entries of a playlist: none has a track or an item | 9
            {'href':'x','items':[{'id':'a','artists':[]}]} | items that are not entries of a playlist: none has a track or an item | 20
            {'items':[{'track':{'trackName':'a'}}]} | playlists of an account export among other content: put them into different files | 0
            {'tracks':[{'pos':0,'artist_name':'a','track_uri':'u'}]} | playlists of the Million Playlist Dataset, which have no ids of Spotify | 0
            {'tracks':[{'artist':'a','album':'b','track':'c','uri':'u'}]} | the library of an account export among other content: put them into different files | 0
            [{'endTime':'t','msPlayed':1}]      | the streaming history of an account export among other content: put them into different files | 0
            {'items':[{'track':None}]}          | None, as Python prints it, and not JSON: save it with json.dump     | 19
            {'items':[{'track':{'explicit':True}}]} | True, as Python prints it, and not JSON: save it with json.dump  | 31
            {'items':[{'track':{'id':'s','popularity':NaN}}]} | NaN, which JSON does not have: save it as null        | 42
            {'items':[{'id':1}]}                | items that are not entries of a playlist: none has a track or an item | 9
            {'error':{'status':401,'message':'The access token expired'}} | an error answer of Spotify: The access token expired | 9
            {'error':'invalid_client'}          | an error answer of Spotify: invalid_client                          | 9
            {'error':{}}                        | an error answer of Spotify                                          | 9
            {'type':'playlist','id':'x'}        | a playlist without its items: Spotify leaves them out unless you own the list | 0
            {'type':'playlist','tracks':null}   | a playlist without its items: Spotify leaves them out unless you own the list | 0
            {'type':'playlist','tracks':{}}     | a playlist without its items: Spotify leaves them out unless you own the list | 0
            [{'items':[{'track':nul}]}]         | a value expected, found 'n'                                         | 20
            {'items':[{'track':{'id':'s'}},]}   | a value expected, found ']'                                         | 31
            {'items':[                          | the document ends inside a value: it is truncated                   | 10
            [{'items':[]}                       | the document ends inside a value: it is truncated                   | 13
            """)
    void refuses(String document, String message, long offset) {
        JsonException e = error(document);
        assertThat(e).hasMessage(message);
        assertThat(e.offset()).isEqualTo(offset);
    }

    @Test
    void anErrorFieldOfNullIsNone() throws Exception {
        assertThat(read("{'error':null,'items':[]}").read()).isZero();
    }

    /** More white space than the window holds, wherever it may stand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "~{'items':[{'track':null}]}",
                "[{'items':[{'track':null}]}]~",
                "{~'items':[{'track':null}]}",
                "{'items'~:[{'track':null}]}",
                "{'items':~[{'track':null}]}",
                "{'items':[~{'track':null}]}",
                "{'items':[{~'track':null}]}",
                "{'items':[{'track':null}~]}",
                "{'items':[{'track':null}]~}",
                "{'type':'playlist','tracks':~{'items':[{'track':null}]}}",
                "{'items':[{'track':null}]~,'name':'x'}",
                "{'items':[{'track':null}],~'owner':{}}"
            })
    void whiteSpaceMayBeLong(String document) throws Exception {
        for (int length : new int[] {(256 << 10) - 20, 256 << 10, 700_000}) {
            ModelReader.Reading reading = read(document.replace("~", " ".repeat(length)));
            assertThat(reading.read()).isEqualTo(1);
            assertThat(reading.entries()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[~{'items':[{'track':null}]}]", "[{'items':[]},~{'items':[{'track':null}]}]",
                "[{'items':[{'track':null}]}~,{'items':[]}]", "[{'items':[{'track':null}]}~]"
            })
    void whiteSpaceMayBeLongBetweenAnswers(String document) throws Exception {
        whiteSpaceMayBeLong(document);
    }

    /** Wherever the window ends in a document, also right before its last bracket. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[{'name':'~','items':[{'track':null}]}]", "[{'name':'~','items':[{'track':null}]},{'items':[]}]"
            })
    void theWindowMayEndAnywhere(String document) throws Exception {
        int rest = document.length() - 1;
        for (int length = (256 << 10) - rest - 2; length <= (256 << 10) + 2; length++) {
            assertThat(read(document.replace("~", "x".repeat(length))).read())
                    .as("%d", length)
                    .isEqualTo(1);
        }
    }

    // ---- Files of unknown origin

    @Test
    void inspectsWhichAnswersBelongToWhichList() throws Exception {
        String a = "{'href':'https://api.spotify.com/v1/playlists/" + LIST + "/tracks'," + rows(2) + "}";
        String b = "{ " + rows(1) + ",'id':'" + OTHER + "'}";
        String unnamed = "{" + rows(3) + "}";
        byte[] document =
                json(" [" + a + " , " + b + "," + a + "\n," + unnamed + "]").getBytes(StandardCharsets.UTF_8);
        List<Part> parts = inspect(document);
        assertThat(parts).extracting(Part::list).containsExactly(LIST, OTHER);
        assertThat(parts).noneMatch(Part::isWhole);
        assertThat(copy(parts.get(0), document)).isEqualTo(json("[" + a + "," + a + "," + unnamed + "]"));
        assertThat(copy(parts.get(1), document)).isEqualTo(json("[" + b + "]"));
    }

    private static List<Part> inspect(byte[] document) throws Exception {
        return new RawInspector()
                .inspect(() -> new ByteArrayInputStream(document))
                .parts();
    }

    private static String copy(Part part, byte[] document) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part.copy(new ByteArrayInputStream(document), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void inspectsChartsByTheirHeader() throws Exception {
        String chart = "rank,uri,artist_names,track_name\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A,B\n";
        assertThat(inspect(chart.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.extension()).isEqualTo("csv");
                    assertThat(part.entries()).isEqualTo(1);
                    assertThat(part.list()).isNull();
                    assertThat(part.period()).isNull();
                    assertThat(part.isWhole()).isTrue();
                });
        String weekly =
                "rank,uri,artist_names,track_name,weeks_on_chart\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A,B,2\n";
        assertThat(inspect(weekly.getBytes(StandardCharsets.UTF_8)))
                .extracting(Part::period)
                .containsExactly(Part.Period.WEEKLY);
    }

    /** A page says where its entries stand, so that pages of several files can be put together. */
    @Test
    void tellsWhereThePagesOfAFileStand() throws Exception {
        String page = "{'href':'https://api.spotify.com/v1/playlists/" + LIST + "/tracks','offset':%d,'total':7,%s}";
        byte[] second = json(page.formatted(2, rows(3))).getBytes(StandardCharsets.UTF_8);
        assertThat(inspect(second)).singleElement().satisfies(part -> {
            assertThat(part.list()).isEqualTo(LIST);
            assertThat(part.entries()).isEqualTo(3);
            assertThat(part.offset()).isEqualTo(2);
            assertThat(part.total()).isEqualTo(7);
        });
        byte[] following = json("[" + page.formatted(2, rows(3)) + "," + page.formatted(5, rows(2)) + "]")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(inspect(following)).extracting(Part::offset).containsExactly(2);
        byte[] apart = json("[" + page.formatted(2, rows(3)) + "," + page.formatted(6, rows(1)) + "]")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(inspect(apart)).extracting(Part::offset).containsOnlyNulls();
        assertThat(inspect(json("{" + rows(1) + "}").getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.offset()).isNull();
                    assertThat(part.total()).isNull();
                });
    }

    /** A whole list may be dropped into the lake in one file: the places of its answers are right behind the window, too. */
    @Test
    void inspectsLongDocuments() throws Exception {
        String document = json(pages(12_000, false));
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        assertThat(inspect(bytes)).singleElement().satisfies(part -> {
            assertThat(part.entries()).isEqualTo(12_000);
            assertThat(copy(part, bytes)).isEqualTo(document);
        });
        String other = json("{'type':'playlist','id':'" + OTHER + "','tracks':{" + rows(1) + "}}");
        byte[] several = ("[" + document.substring(1, document.length() - 1) + "," + other + "]")
                .getBytes(StandardCharsets.UTF_8);
        List<Part> parts = inspect(several);
        assertThat(copy(parts.get(0), several)).isEqualTo(document);
        assertThat(copy(parts.get(1), several)).isEqualTo("[" + other + "]");
    }
}
