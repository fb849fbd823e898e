/** Live accounts: one packed string per account. */
@NullMarked
package io.tollgate.metering.account.redis;

import org.jspecify.annotations.NullMarked;
