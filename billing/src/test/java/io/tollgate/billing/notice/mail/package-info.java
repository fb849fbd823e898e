@NullMarked
package io.tollgate.billing.notice.mail;

import org.jspecify.annotations.NullMarked;
