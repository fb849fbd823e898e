/** The operator's questions to the book of record, in SQL. */
@NullMarked
package io.tollgate.gateway.admin.postgres;

import org.jspecify.annotations.NullMarked;
