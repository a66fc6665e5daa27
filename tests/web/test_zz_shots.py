import re
from bot import demo
from handlers.fold import fold
from tests.browser import phone
async def test_it(site, browser):
    w = site.world
    await demo.tell_examples(w.house, w.made)
    await fold(w.desk)
    best = None
    for login in w.made.logins[2:]:
        m = await site.member(login)
        p = await m.get("/desk")
        ids = re.findall(r'desk/tips/(\w+)', p.text)
        if best is None or len(ids) > len(best[1]): best = (m, ids)
    m, ids = best
    print(len(ids), m.session.name)
    tip = ids[0]
    for t in ids:
        pg = await m.get("/desk/tips/"+t)
        if "<audio" in pg.text or "<img" in pg.text: tip = t
    async def act(name, **f):
        pg = await m.get(f"/desk/tips/{tip}")
        r = await m.post(f"/desk/tips/{tip}/{name}", {"version": pg.version, **f})
        print(name, r.status, re.findall(r'role="alert"><p>(.*?)</p>', r.text))
    await act("claim"); await act("accept")
    await act("write", to="note", text="镇农服中心有两年的分户表，明天一起看。先不要问老孟家。")
    await act("write", to="reporter", text="您还记得公示是哪一个月贴的吗？记不清也没关系。")
    pages = {"queue": "/desk", "tip": f"/desk/tips/{tip}", "tip-new": f"/desk/tips/{ids[1]}", "team": "/desk/team", "me": "/me"}
    for width, height in ((1440, 900), (360, 640)):
        ctx = await phone(browser, width=width, height=height)
        await ctx.add_cookies([{"name": "desk", "value": m.cookies["desk"], "url": site.url}])
        pg = await ctx.new_page()
        errs=[]
        pg.on("console", lambda x: errs.append(x.text))
        for name, path in pages.items():
            await pg.goto(site.url + path)
            await pg.screenshot(path=f"/tmp/msx/shots/desk-{name}-{width}.png")
            if width == 360:
                await pg.screenshot(path=f"/tmp/msx/shots/desk-{name}-{width}-full.png", full_page=True)
            sw = await pg.evaluate("document.documentElement.scrollWidth")
            if sw > width: print("WIDE", name, width, sw)
        if width==1440:
            await pg.goto(site.url + "/desk")
            await pg.keyboard.press("j"); await pg.keyboard.press("j")
            await site.tip(list(w.batches)[0]); await site.tip(list(w.batches)[1]); await site.tip(list(w.batches)[2])
            await pg.wait_for_selector("#fresh:not([hidden])")
            await pg.screenshot(path=f"/tmp/msx/shots/desk-live-{width}.png")
        await ctx.clear_cookies()
        await pg.goto(site.url + "/sign-in")
        await pg.screenshot(path=f"/tmp/msx/shots/desk-signin-{width}.png")
        print(errs)
        await ctx.close()
