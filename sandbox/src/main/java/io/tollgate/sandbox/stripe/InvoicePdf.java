package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** An invoice as the smallest PDF that viewers open: one page, one line. */
final class InvoicePdf {
    private InvoicePdf() {}

    static String of(ObjectNode invoice) {
        String text = ("Invoice " + invoice.path("number").asString("draft") + ", total "
                        + invoice.path("total").longValue() + " "
                        + invoice.path("currency").stringValue()
                        + " (minor units), " + invoice.path("status").stringValue())
                .replaceAll("[^ -~]|[\\\\()]", "?");
        String drawing = "BT /F1 12 Tf 72 720 Td (" + text + ") Tj ET";
        return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                + "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
                + "4 0 obj<</Length " + drawing.length() + ">>stream\n" + drawing + "\nendstream endobj\n"
                + "trailer<</Root 1 0 R>>\n%%EOF\n";
    }
}
