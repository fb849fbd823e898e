#!/bin/sh
# Runs once, in an empty data directory. Two roles: the migrations' owner, and the application, which the migrations
# grant what it may do (on the ledger: to read and to append, nothing else).
set -eu
psql -v ON_ERROR_STOP=1 -v owner_password="$TOLLGATE_OWNER_PASSWORD" -v app_password="$TOLLGATE_APP_PASSWORD" \
    --username postgres --dbname postgres <<'SQL'
CREATE ROLE tollgate_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE tollgate_app LOGIN PASSWORD :'app_password';
CREATE DATABASE tollgate OWNER tollgate_owner;
REVOKE ALL ON DATABASE tollgate FROM PUBLIC;
GRANT CONNECT ON DATABASE tollgate TO tollgate_app;
SQL
