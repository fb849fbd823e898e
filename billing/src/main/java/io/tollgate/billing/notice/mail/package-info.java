/**
 * Notices as mail: texts from templates, sent by Spring's mail sender, which blocks and so has threads of its own.
 */
@NullMarked
package io.tollgate.billing.notice.mail;

import org.jspecify.annotations.NullMarked;
