package gongkai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node as one process: {@code NodeProcess attached|detached ADDRESS_FILE setting=value ...}.
 *
 * <p>ADDRESS_FILE appears once the node answers and holds its URL, so that the system may choose the port. An attached
 * node ends when its standard input does: nothing stays behind however its parent ends.
 */
public final class NodeProcess {
    private NodeProcess() {}

    public static void main(String[] arguments) throws Exception {
        boolean attached = arguments[0].equals("attached");
        Path addressFile = Path.of(arguments[1]);
        Settings.Builder builder = Settings.builder();
        for (int index = 2; index < arguments.length; index++) {
            String[] pair = arguments[index].split("=", 2);
            builder.put(pair[0], pair[1]);
        }
        Settings settings = builder.build();
        if (attached) {
            // Started first: a parent may die while the node is still starting.
            Thread watcher = new Thread(NodeProcess::exitAtEndOfInput, "parent-watcher");
            watcher.setDaemon(true);
            watcher.start();
        }

        Path config = Path.of(settings.get("path.home")).resolve("config");
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> settings.get("node.name"));
        LogConfigurator.configureWithoutConfig(environment.settings());
        PluginsLoader loader = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
            Map.of(),
            false
        );
        Node node = new Node(environment, loader);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "node-closer"));
        node.start();
        announce(node, addressFile);
        Thread.currentThread().join();
    }

    private static void announce(Node node, Path addressFile) throws IOException {
        int port = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
        Path draft = addressFile.resolveSibling(addressFile.getFileName() + ".draft");
        Files.writeString(draft, "http://127.0.0.1:" + port);
        Files.move(draft, addressFile, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Halts instead of closing: what an attached node holds is thrown away, and closing can take seconds. */
    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() != -1) {
                continue;
            }
        } catch (IOException closed) {
            // A broken standard input is an ended one.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void close(Node node) {
        try {
            node.prepareForClose();
            node.close();
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }
}
