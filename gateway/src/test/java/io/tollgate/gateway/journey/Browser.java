package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Headless Chromium. Where there is none the tests fail: a journey that nobody walked is not known to work. */
public final class Browser implements AutoCloseable {

    /** A screen, and whether it is dark. */
    public enum Screen {
        DESKTOP(1280, 900, ColorScheme.LIGHT),
        PHONE(375, 720, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme colours;

        Screen(int width, int height, ColorScheme colours) {
            this.width = width;
            this.height = height;
            this.colours = colours;
        }
    }

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright = Playwright.create();
    private final com.microsoft.playwright.Browser chromium = playwright
            .chromium()
            .launch(new LaunchOptions()
                    .setExecutablePath(executable())
                    // Its sandbox needs rights that containers do not give.
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));

    public BrowserContext on(Screen screen) {
        return chromium.newContext(new NewContextOptions()
                .setViewportSize(screen.width, screen.height)
                .setColorScheme(screen.colours));
    }

    public BrowserContext withoutJavaScript() {
        return chromium.newContext(new NewContextOptions().setJavaScriptEnabled(false));
    }

    /** Keeps a picture, and has nothing to complain about: all can be read by everybody, and nothing is wider than the screen. */
    public static void look(Page page, Screen screen, String name) {
        String file = name + "-" + screen.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(
                new ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(rule -> rule.getId() + ": " + rule.getDescription() + " "
                        + rule.getNodes().getFirst().getHtml())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))
                .as("it has to be scrolled sideways")
                .isEqualTo(false);
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Path executable() {
        String configured = System.getenv("CHROMIUM_PATH");
        Path path = Path.of(configured == null || configured.isBlank() ? "/usr/bin/chromium" : configured);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("There is no Chromium at " + path
                    + ". Install it (apt-get install chromium) or say where it is with CHROMIUM_PATH.");
        }
        return path;
    }
}
