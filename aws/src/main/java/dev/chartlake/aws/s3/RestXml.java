package dev.chartlake.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of the XML that S3 answers with. Names are without namespaces. */
final class RestXml {

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final List<RestXml> children = new ArrayList<>();

    private RestXml(String name) {
        this.name = name;
    }

    /** The root of a document. Throws {@link IOException} if it is no XML, not all of it, or has a document type. */
    static RestXml read(byte[] document) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        int start = begin(document);
        try {
            return read(
                    factory.createXMLStreamReader(new ByteArrayInputStream(document, start, document.length - start)));
        } catch (XMLStreamException e) {
            throw new IOException("an answer of S3 that is no XML, or not all of it", e);
        }
    }

    /** Blanks, which S3 may send to keep a connection open, must not stand before an XML declaration. */
    private static int begin(byte[] document) {
        int at = 0;
        while (at < document.length && (document[at] == ' ' || document[at] == '\n' || document[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static RestXml read(XMLStreamReader reader) throws XMLStreamException, IOException {
        RestXml document = new RestXml("");
        Deque<RestXml> open = new ArrayDeque<>(List.of(document));
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    RestXml element = new RestXml(reader.getLocalName());
                    open.getLast().children.add(element);
                    open.addLast(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.getLast().text.append(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("an answer of S3 with a document type");
                default -> {} // comments and the like
            }
        }
        return document.children.get(0);
    }

    String name() {
        return name;
    }

    /** The elements of this name that are directly in this one. */
    List<RestXml> all(String child) {
        return children.stream().filter(element -> element.name.equals(child)).toList();
    }

    /** The text of the first element of this name that is directly in this one; null if there is none. */
    @Nullable String text(String child) {
        for (RestXml element : children) {
            if (element.name.equals(child)) {
                return element.text.toString();
            }
        }
        return null;
    }

    /** The same. Throws {@link IOException} if there is none. */
    String required(String child) throws IOException {
        String found = text(child);
        if (found == null) {
            throw new IOException("an answer of S3 with " + name + " without " + child);
        }
        return found;
    }
}
