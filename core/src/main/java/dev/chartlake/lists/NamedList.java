package dev.chartlake.lists;

/**
 * A list that can be meant by a text.
 *
 * @param source where its snapshots come from; empty for a list of which there may be none
 * @param label what is known of it
 * @param name what it is called
 */
public record NamedList(String source, ListLabel label, String name) {

    /** Its id. */
    public String id() {
        return label.id();
    }

    /** Its id and source, which no other list has. */
    String key() {
        return source.isEmpty() ? id() : source + "/" + id();
    }

    /** As it is written where several lists may have one name. */
    public String described() {
        return name.equals(id()) ? key() : name + " (" + key() + ")";
    }
}
