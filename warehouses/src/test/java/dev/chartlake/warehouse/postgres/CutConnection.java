package dev.chartlake.warehouse.postgres;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A way to a server that is cut before a message of the client arrives: the {@code number}th, from 1, of those that are sent
 * after signing in.
 */
final class CutConnection implements Closeable {
    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final int server;
    private final int number;

    CutConnection(int server, int number) throws IOException {
        this.server = server;
        this.number = number;
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket client = door.accept();
                    Socket to = new Socket(InetAddress.getLoopbackAddress(), server)) {
                client.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                Thread answers = new Thread(() -> pass(to, client));
                answers.setDaemon(true);
                answers.start();
                requests(new DataInputStream(client.getInputStream()), to.getOutputStream());
            } catch (IOException e) {
                // The next client may come.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut.
        }
    }

    /** A message is a letter, its length with the four bytes of the length, and its body; the first ones have no letter. */
    private void requests(DataInputStream in, OutputStream out) throws IOException {
        boolean started = false;
        int counted = 0;
        try {
            while (true) {
                int letter = started ? in.readUnsignedByte() : -1;
                int length = in.readInt();
                byte[] body = in.readNBytes(length - 4);
                started |= body.length >= 4 && body[0] == 0 && body[1] == 3; // version 3 of the protocol
                if (letter >= 0 && letter != 'p' && ++counted == number) {
                    return;
                }
                if (letter >= 0) {
                    out.write(letter);
                }
                out.write(
                        new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
                out.write(body);
                out.flush();
            }
        } catch (EOFException e) {
            // The client is done.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
