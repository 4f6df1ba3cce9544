package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.s3.S3Requests.Listed;
import dev.chartlake.aws.s3.S3Requests.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers as servers write them, and what is none of theirs. */
class RestXmlTest {

    private static final String LISTING = """
            <?xml version="1.0" encoding="UTF-8"?>
            <s3:ListBucketResult xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/">
              <s3:Name>lakes</s3:Name><s3:Prefix/><s3:KeyCount>2</s3:KeyCount>
              <s3:EncodingType>url</s3:EncodingType><s3:IsTruncated>true</s3:IsTruncated>
              <s3:NextContinuationToken>a&#38;b=</s3:NextContinuationToken>
              <!-- <s3:Contents>no object</s3:Contents> -->
              <s3:Contents of="first">
                <s3:Owner><s3:ID>x</s3:ID><s3:Key>no key</s3:Key></s3:Owner>
                <s3:Key><![CDATA[p/a+<b>]]>%26%C3%B6<!-- and -->%2B</s3:Key>
                <s3:LastModified>2026-11-21T10:00:00.000Z</s3:LastModified>
                <s3:ETag>&quot;5&#34;</s3:ETag><s3:Size>5000000000</s3:Size>
              </s3:Contents>
              <s3:Contents><s3:Key>p/gone</s3:Key><s3:LastModified/><s3:ETag/><s3:Size>0</s3:Size></s3:Contents>
              <s3:CommonPrefixes><s3:Prefix>p/%73ub/</s3:Prefix></s3:CommonPrefixes>
            </s3:ListBucketResult>
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Page listing(String text) throws IOException {
        return RestListing.read(bytes(text));
    }

    private static String listingOf(String inside) {
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + inside + "</ListBucketResult>";
    }

    @Test
    void prefixesAttributesCommentsAndReferencesAreRead() throws IOException {
        assertThat(listing(LISTING))
                .isEqualTo(new Page(
                        List.of(
                                new Listed(
                                        "p/a <b>&ö+", 5_000_000_000L, Instant.parse("2026-11-21T10:00:00Z"), "\"5\""),
                                new Listed("p/gone", 0, Instant.EPOCH, "")),
                        List.of("p/sub/"),
                        "a&b="));
    }

    @Test
    void keysAreLeftAsTheyAreWhereTheServerDoesNotEncodeThem() throws IOException {
        Page page = listing(listingOf("<Contents><Key>a%20b+c&amp;d &lt;ö&#x1F600;</Key><Size>1</Size></Contents>"));
        assertThat(page.objects()).extracting(Listed::key).containsExactly("a%20b+c&d <ö😀");
        assertThat(page.next()).isNull();
    }

    @Test
    void encodingsAndBlanksBeforeTheDeclarationAreNoMatter() throws IOException {
        String declared = "<?xml version='1.0' encoding='ISO-8859-1'?>"
                + listingOf("<Contents><Key>ö</Key><Size>1</Size></Contents>");
        assertThat(RestListing.read(declared.getBytes(StandardCharsets.ISO_8859_1))
                        .objects())
                .extracting(Listed::key)
                .containsExactly("ö");
        assertThat(listing(" \r\n  " + LISTING).objects()).hasSize(2);
    }

    /** Wherever it ends: nothing is taken for an empty listing, or for its last page. */
    @Test
    void whatIsCutShortIsNoListing() {
        String whole = LISTING.stripTrailing();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> listing(cut))
                    .as("cut to %d characters", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("an answer of S3");
        }
    }

    @Test
    void whatIsNoListingIsRefused() {
        for (String other : List.of(
                "<!DOCTYPE html><html><head><title>Sign in</title><body>Please<br></body></html>",
                "<html><body>Please</body></html>",
                "<Error><Code>SlowDown</Code></Error>",
                "Please come back later",
                "{\"Contents\":[]}",
                LISTING + "<html/>",
                listingOf("<Contents><Size>1</Size></Contents>"),
                listingOf("<Contents><Key>a</Key></Contents>"),
                listingOf("<Contents><Key>a</Key><Size>many</Size></Contents>"),
                listingOf("<Contents><Key>a</Key><Size>1</Size><LastModified>today</LastModified></Contents>"),
                listingOf("<EncodingType>url</EncodingType><Contents><Key>%zz</Key><Size>1</Size></Contents>"),
                listingOf("<CommonPrefixes></CommonPrefixes>"),
                "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")) {
            assertThatThrownBy(() -> listing(other)).as(other).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDocumentTypeIsRefused() {
        String file = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\"><!ENTITY f \"text\">]>";
        for (String entity : List.of("&e;", "&f;", "text")) {
            assertThatThrownBy(() ->
                            listing(file + listingOf("<Contents><Key>" + entity + "</Key><Size>1</Size></Contents>")))
                    .isInstanceOf(IOException.class);
        }
    }

    /** The JDK's parser counts references, and has a limit that must not add up over answers. */
    @Test
    void thousandsOfReferencesAreNoneTooMany() throws IOException {
        String full = listingOf(IntStream.range(0, 1000)
                .mapToObj(i -> "<Contents><Key>a&amp;&#38;" + i + "</Key><Size>1</Size>" + "<ETag>&quot;" + i
                        + "&quot;</ETag></Contents>")
                .collect(Collectors.joining()));
        for (int i = 0; i < 50; i++) {
            assertThat(listing(full).objects())
                    .hasSize(1000)
                    .last()
                    .extracting(Listed::key)
                    .isEqualTo("a&&999");
        }
    }
}
