# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY sandbox sandbox
COPY metering metering
COPY billing billing
COPY gateway gateway
COPY loadtest loadtest
# The tests run in the pipeline, not here: they need Postgres, Redis and a browser.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -ntp -B -DskipTests -pl gateway -am package \
    && java -Djarmode=tools -jar gateway/target/gateway-*-SNAPSHOT.jar extract --layers --launcher --destination /layers

FROM eclipse-temurin:25-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home tollgate
WORKDIR /tollgate
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
USER 10001
EXPOSE 8080
# Heap as a share of the container, so that one image fits every size; exit on exhaustion, so that the orchestrator
# starts a fresh one: holds of a dead gateway expire by themselves.
ENV JAVA_TOOL_OPTIONS="-XX:+UseParallelGC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
