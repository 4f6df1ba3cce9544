package dev.chartlake.aws.dynamodb;

import dev.chartlake.aws.AwsAccess;
import dev.chartlake.http.Pause;
import dev.chartlake.load.DayException;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Loads {@code playlist_table}, {@code track_table}, {@code album_table} and {@code artist_table}: an item for each
 * playlist, track, album and artist. Each attribute has the newest value that any loaded day says, whatever the order in
 * which days are loaded and however often, and by however many processes.
 */
public final class DynamoDbWarehouse implements Warehouse {

    private static final String FORM = " in the form ";

    private final DynamoDbClient client;
    private final ItemForm form;
    private final ItemTables tables;
    private final ItemWriter writer;

    /** {@code prefix} begins the tables' names; with {@code create}, {@link #prepare} makes those that are not there. */
    DynamoDbWarehouse(DynamoDbClient client, String prefix, ItemForm form, boolean create, Pause pause) {
        Backoff backoff = new Backoff(pause);
        this.client = client;
        this.form = form;
        this.tables = new ItemTables(client, prefix, create, backoff, pause);
        this.writer = new ItemWriter(client, prefix, form, backoff);
    }

    /** Uses tables that are there. Region, credentials and endpoint are those of the environment. */
    public static DynamoDbWarehouse open(String prefix, ItemForm form) throws WarehouseException {
        return new DynamoDbWarehouse(client(prefix), prefix, form, false, Pause.REAL);
    }

    /** The same, and makes the tables that are not there, with capacity on demand. */
    public static DynamoDbWarehouse creating(String prefix, ItemForm form) throws WarehouseException {
        return new DynamoDbWarehouse(client(prefix), prefix, form, true, Pause.REAL);
    }

    private static DynamoDbClient client(String prefix) throws WarehouseException {
        if (!prefix.matches("[A-Za-z0-9_.-]{0,200}")) {
            throw new WarehouseException(
                    Kind.CONFIGURATION,
                    "Not a prefix for names of tables: '" + prefix
                            + "'. It can have letters, digits, '_', '.' and '-', 200 at most.",
                    null);
        }
        return DynamoDbClient.builder()
                .region(AwsAccess.region())
                .credentialsProvider(AwsAccess.credentials())
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    @Override
    public String prepare() throws IOException {
        try {
            return tables.prepare() + (form.equals(ItemForm.DEFAULT) ? "" : FORM + form);
        } catch (SdkException e) {
            throw DynamoDbErrors.explained(e);
        }
    }

    /** Refuses tables that this lake has filled in another form: all their items would have to be written again. */
    @Override
    public void follows(String before, String now) throws WarehouseException {
        String[] old = before.split(FORM, 2);
        if (old[0].equals(now.split(FORM, 2)[0]) && !before.equals(now)) {
            throw form.mixed("this lake's last load wrote " + (old.length == 2 ? old[1] : ItemForm.DEFAULT));
        }
    }

    @Override
    public Map<Table, Long> load(LoadDay day) throws IOException {
        Batches batches = new Batches();
        try {
            Map<Table, Long> taken = new DayItems(day, form, batches).run();
            batches.end();
            return taken;
        } catch (SdkException e) {
            throw DynamoDbErrors.explained(e);
        }
    }

    /** Collects observations until there are as many as are read at once. */
    private final class Batches implements DayItems.Sink {
        private final Map<ItemTable, List<Observation>> waiting = new EnumMap<>(ItemTable.class);
        private final List<String> tooLarge = new ArrayList<>();

        @Override
        public void add(ItemTable table, Observation observation) throws IOException {
            List<Observation> batch = waiting.computeIfAbsent(table, none -> new ArrayList<>());
            batch.add(observation);
            if (batch.size() == ItemWriter.BATCH) {
                write(table, batch);
            }
        }

        private void write(ItemTable table, List<Observation> batch) throws IOException {
            if (batch.isEmpty()) {
                return;
            }
            writer.write(table, List.copyOf(batch))
                    .forEach(observation -> tooLarge.add(table.key() + " " + observation.key()));
            batch.clear();
        }

        void end() throws IOException {
            for (Map.Entry<ItemTable, List<Observation>> batch : waiting.entrySet()) {
                write(batch.getKey(), batch.getValue());
            }
            if (!tooLarge.isEmpty()) {
                throw new DayException("These do not fit into DynamoDB's items of 400 KB: "
                        + String.join(", ", tooLarge) + ". Everything else of the day is loaded.");
            }
        }
    }

    @Override
    public void close() {
        writer.close();
        client.close();
    }
}
