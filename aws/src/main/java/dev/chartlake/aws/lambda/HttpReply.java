package dev.chartlake.aws.lambda;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A proxy response, of which API Gateway makes an answer in HTTP.
 *
 * @param code the status code
 * @param headers further headers, by lower-case name
 * @param body becomes JSON
 */
record HttpReply(int code, Map<String, String> headers, Map<String, Object> body) {

    static HttpReply of(int code, String status) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        return new HttpReply(code, new LinkedHashMap<>(), body);
    }

    HttpReply with(String name, Object value) {
        body.put(name, value);
        return this;
    }

    HttpReply header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    byte[] bytes() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("cache-control", "no-store");
        all.putAll(headers);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("statusCode", code);
        response.put("headers", all);
        response.put("body", Json.text(body) + "\n");
        response.put("isBase64Encoded", false);
        return Json.write(response);
    }
}
