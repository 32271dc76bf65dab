#!/usr/bin/python3
"""py_sync.py URL PAGES DB [tuned] - the sync that somebody writes in Python: http.client, json, sqlite3.

One kept connection, one page after the other, one table with three further indexes, one transaction a page. As it is
written in an afternoon; "tuned" is the same with what one learns later: WAL, synchronous NORMAL as floor_sync has
them, and all rows of a page in one call. Prints "orders seconds".
"""
import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.parse

COLUMNS = ("id", "code", "total_price", "payment_mode", "planned_delivery_date", "creation_date",
           "delivery_cost_for_seller", "is_kaspi_delivery", "delivery_mode", "town", "formatted_address",
           "latitude", "longitude", "signature_required", "credit_term", "pre_order", "pickup_point_id", "state",
           "approved_by_bank_date", "status", "customer_id", "customer_name", "cell_phone", "delivery_cost",
           "assembled", "waybill", "transmission_planned", "express")
INSERT = "INSERT OR REPLACE INTO orders VALUES (%s)" % ",".join("?" * len(COLUMNS))


def open_db(path, tuned):
    if os.path.exists(path):
        os.remove(path)
    db = sqlite3.connect(path)
    if tuned:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
    db.execute("CREATE TABLE orders(id TEXT PRIMARY KEY, %s)" % ", ".join(COLUMNS[1:]))
    db.execute("CREATE INDEX by_code ON orders(code)")
    db.execute("CREATE INDEX by_date ON orders(creation_date)")
    db.execute("CREATE INDEX by_state ON orders(state, creation_date)")
    return db


def row(order):
    a = order["attributes"]
    d = a.get("deliveryAddress") or {}
    c = a.get("customer") or {}
    k = a.get("kaspiDelivery") or {}
    return (order["id"], a.get("code"), a.get("totalPrice"), a.get("paymentMode"), a.get("plannedDeliveryDate"),
            a.get("creationDate"), a.get("deliveryCostForSeller"), a.get("isKaspiDelivery"), a.get("deliveryMode"),
            d.get("town"), d.get("formattedAddress"), d.get("latitude"), d.get("longitude"),
            a.get("signatureRequired"), a.get("creditTerm"), a.get("preOrder"), a.get("pickupPointId"),
            a.get("state"), a.get("approvedByBankDate"), a.get("status"), c.get("id"), c.get("name"),
            c.get("cellPhone"), a.get("deliveryCost"), a.get("assembled"), k.get("waybill"),
            k.get("courierTransmissionPlanningDate"), k.get("express"))


def put_page(db, orders, tuned):
    if tuned:
        db.executemany(INSERT, [row(order) for order in orders])
    else:
        for order in orders:
            db.execute(INSERT, row(order))
    db.commit()


def main():
    url, pages, path = urllib.parse.urlsplit(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    tuned = "tuned" in sys.argv[4:]
    db, connection = open_db(path, tuned), http.client.HTTPConnection(url.hostname, url.port)
    began, n = time.monotonic(), 0
    for page in range(pages):
        connection.request("GET", "/shop/api/v2/orders?page[number]=%d&page[size]=100"
                           "&filter[orders][state]=KASPI_DELIVERY" % page, headers={"X-Auth-Token": "bench-token"})
        orders = json.loads(connection.getresponse().read())["data"]
        put_page(db, orders, tuned)
        n += len(orders)
    print(n, "%.3f" % (time.monotonic() - began))


main()
