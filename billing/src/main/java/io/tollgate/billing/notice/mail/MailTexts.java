package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.MailSettings;
import io.tollgate.billing.notice.Notice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.FileTemplateResolver;

/**
 * Writes mails from templates. A kind has one, whose first paragraph is the subject and whose others are the text; {@code layout.txt}
 * and {@code layout.html} put it in both forms, and the latter escapes it. {@code decline.txt} says why a payment failed.
 */
final class MailTexts {

    private static final String OURS = "io/tollgate/billing/notice/mail/";
    private static final long EDITED_AFTER_MILLIS = 30_000;
    private static final int SUBJECT_MAX = 150;
    private static final Pattern BLANK_LINES = Pattern.compile("\\R\\h*\\R\\s*");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final TemplateEngine templates = new TemplateEngine();
    private final String product;

    MailTexts(MailSettings settings) {
        this.product = Wording.oneLine(settings.product());
        templates.addTemplateResolver(ours());
        Path theirs = settings.templates();
        if (theirs != null) {
            templates.addTemplateResolver(theirs(theirs));
        }
    }

    MailText of(Notice.Kind kind, Map<String, String> facts) {
        Map<String, Object> words = Wording.of(facts);
        words.put("product", product);
        words.put("decline", oneLine(write("decline.txt", words)));
        String[] paragraphs =
                BLANK_LINES.split(write(kind.text() + ".txt", words).strip());
        if (paragraphs.length < 2) {
            throw new IllegalStateException(
                    "the template " + kind.text() + ".txt needs a subject, a blank line and a text");
        }
        String subject = subject(paragraphs[0]);
        words.put("subject", subject);
        words.put("paragraphs", body(paragraphs, String.valueOf(words.getOrDefault(Fact.URL, ""))));
        return new MailText(subject, write("layout.txt", words).strip() + "\n", write("layout.html", words));
    }

    private String write(String template, Map<String, Object> words) {
        return templates.process(template, new Context(Locale.ENGLISH, words));
    }

    private static String subject(String paragraph) {
        String subject = oneLine(paragraph);
        return subject.length() > SUBJECT_MAX ? subject.substring(0, SUBJECT_MAX) : subject;
    }

    /** A paragraph that ends with the notice's link shows it as one. */
    private static List<Map<String, String>> body(String[] paragraphs, String url) {
        List<Map<String, String>> body = new ArrayList<>();
        for (int i = 1; i < paragraphs.length; i++) {
            String text = SPACES.matcher(paragraphs[i]).replaceAll(" ").strip();
            boolean ends = !url.isEmpty() && text.endsWith(url);
            body.add(Map.of(
                    "text",
                            ends
                                    ? text.substring(0, text.length() - url.length())
                                            .strip()
                                    : text,
                    "link", ends ? url : ""));
        }
        return body;
    }

    private static String oneLine(String text) {
        return SPACES.matcher(Wording.oneLine(text)).replaceAll(" ");
    }

    private static AbstractConfigurableTemplateResolver ours() {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(MailTexts.class.getClassLoader());
        resolver.setPrefix(OURS);
        resolver.setOrder(2);
        return resolver;
    }

    private static AbstractConfigurableTemplateResolver theirs(Path directory) {
        FileTemplateResolver resolver = new FileTemplateResolver();
        resolver.setPrefix(directory.toAbsolutePath() + "/");
        resolver.setCheckExistence(true);
        resolver.setCacheTTLMs(EDITED_AFTER_MILLIS);
        resolver.setOrder(1);
        return resolver;
    }
}
