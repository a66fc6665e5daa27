import re
from bot import demo
from handlers.fold import fold
from tests.browser import phone


async def test_it(site, browser):
    w = site.world
    from handlers.intake import keep_file
    from handlers.events import Start, Said, Sent, Chose
    import io, wave
    from PIL import Image

    b = io.BytesIO()
    Image.new("RGB", (800, 600), (120, 150, 110)).save(b, "JPEG")
    wv = io.BytesIO()
    f = wave.open(wv, "wb")
    f.setnchannels(1)
    f.setsampwidth(2)
    f.setframerate(8000)
    f.writeframes(b"\0\0" * 16000)
    f.close()
    texts = [
        "低保名单里有两户有小轿车，问过村里没人答",
        "集体鱼塘租金三年没有公开，合同也看不到",
        "机耕路说好 3 米宽，有两段只有 2 米多",
        "夜里看急诊，缴费窗口没有人",
        "危房改造款只到了一半，经办人说再等等",
        "选村民代表那天没有通知我们小组",
        "镇里下乡吃饭，账记在村里",
        "征地补偿按 1.8 亩算，量出来 2.4 亩",
        "种粮补贴公示的时候，会计家写了 11 亩，他家只有 6 亩多。另外那 5 亩是已经搬走的老孟家的。",
    ]
    start = w.clock.now
    for i, text in enumerate(texts):
        from datetime import timedelta

        w.clock.now = start - timedelta(days=9 - i)
        v = w.villager(f"v{i}")
        await v.does(Start(w.card("苇庄镇")))
        await v.does(Said(text))
        if i % 3 == 2:
            for data, sec in ((b.getvalue(), 0), (wv.getvalue(), 41)):
                kind, file = await keep_file(w.intake, data, name="x", seconds=sec)
                await v.does(Sent(kind, file))
            kind, file = await keep_file(w.intake, b"%PDF-1.4 hello", name="合同 2026.pdf")
            await v.does(Sent(kind, file))
        a = await v.does(Chose("done"))
        if a.state.step == "where":
            c = [x for r in a.spoken for x in r.choices]
            a = await v.does(Chose(c[i % (len(c) - 1)].id))
            if a.state.step == "where":
                a = await v.does(Chose("skip"))
        if i % 4 == 3:
            for e in (Chose("real_name"), Said("周大山"), Said("0000-0000000")):
                a = await v.does(e)
        else:
            a = await v.does(Chose("anonymous"))
        a = await v.does(Chose("recusal:no"))
        a = await v.does(Chose("submit"))
        assert a.state.step == "receipt", a
    w.clock.now = start
    await fold(w.desk)
    best = None
    for login in w.made.logins[2:]:
        m = await site.member(login)
        p = await m.get("/desk")
        ids = re.findall(r"desk/tips/(\w+)", p.text)
        if best is None or len(ids) > len(best[1]):
            best = (m, ids)
    m, ids = best
    print(len(ids), m.session.name)
    tip = ids[0]
    for t in ids:
        pg = await m.get("/desk/tips/" + t)
        if "<audio" in pg.text or "<img" in pg.text:
            tip = t

    async def act(name, **f):
        pg = await m.get(f"/desk/tips/{tip}")
        r = await m.post(f"/desk/tips/{tip}/{name}", {"version": pg.version, **f})
        print(name, r.status, re.findall(r'role="alert"><p>(.*?)</p>', r.text))

    await act("claim")
    await act("accept")
    await act("write", to="note", text="镇农服中心有两年的分户表，明天一起看。先不要问老孟家。")
    await act("write", to="reporter", text="您还记得公示是哪一个月贴的吗？记不清也没关系。")
    pages = {
        "queue": "/desk",
        "tip": f"/desk/tips/{tip}",
        "tip-new": f"/desk/tips/{ids[1]}",
        "team": "/desk/team",
        "me": "/me",
    }
    for width, height in ((1440, 900), (360, 640)):
        ctx = await phone(browser, width=width, height=height)
        await ctx.add_cookies([{"name": "desk", "value": m.cookies["desk"], "url": site.url}])
        pg = await ctx.new_page()
        errs = []
        pg.on("console", lambda x: errs.append(x.text))
        for name, path in pages.items():
            await pg.goto(site.url + path)
            await pg.screenshot(path=f"/tmp/msx/shots/desk-{name}-{width}.png")
            if width == 360:
                await pg.screenshot(path=f"/tmp/msx/shots/desk-{name}-{width}-full.png", full_page=True)
            sw = await pg.evaluate("document.documentElement.scrollWidth")
            if sw > width:
                print("WIDE", name, width, sw)
        if width == 1440:
            await pg.goto(site.url + "/desk")
            await pg.keyboard.press("j")
            await pg.keyboard.press("j")
            await site.tip(list(w.batches)[0])
            await site.tip(list(w.batches)[1])
            await site.tip(list(w.batches)[2])
            await pg.wait_for_selector("#fresh:not([hidden])")
            await pg.screenshot(path=f"/tmp/msx/shots/desk-live-{width}.png")
        await ctx.clear_cookies()
        await pg.goto(site.url + "/sign-in")
        await pg.screenshot(path=f"/tmp/msx/shots/desk-signin-{width}.png")
        print(errs)
        await ctx.close()
