from tests.browser import phone
async def test_shots(site, browser):
    m = await site.member("zhou")
    for w,h in ((1440,900),(360,640)):
        ctx = await phone(browser, width=w, height=h)
        await ctx.add_cookies([{"name": "desk", "value": m.cookies["desk"], "url": site.url}])
        pg = await ctx.new_page()
        errs=[]
        pg.on("console", lambda x: errs.append(x.text))
        await site.tip(); await site.tip()
        await pg.goto(site.url+"/desk/entry")
        await pg.check("input[name=channel][value=visit]")
        await pg.check("input[name=identity][value=anonymous]")
        await pg.select_option("#unit", index=3)
        await pg.fill("#words","村里的鱼塘租金三年没有公开，合同也不让看，问了两次都说账在镇里，镇里说账在村里，来回跑了半年也没有看到。\n\n去年修的路，有一段没有修完。")
        await pg.click("form.card button")
        await pg.wait_for_selector(".slip")
        await pg.screenshot(path=f"/tmp/msx/shots/slip-{w}.png", full_page=True)
        await pg.click("text=打开这一件")
        await pg.wait_for_selector("main")
        tip = pg.url
        async def sheet(name):
            await pg.goto(tip)
            form = pg.locator(f'form[action$="/{name}"]').first
            await form.evaluate("f => { let d=f.closest('details'); while(d){ d.open = true; d = d.parentElement.closest('details'); } f.scrollIntoView({block:'center'}) }")
            await pg.wait_for_timeout(200)
            await pg.screenshot(path=f"/tmp/msx/shots/sheet-{name}-{w}.png")
            return form
        form = await sheet("repeat")
        await form.locator("input[name=number]").fill("1-0001")
        await form.locator("button:not([name])").click()
        await pg.wait_for_load_state()
        form = await sheet("split")
        await form.locator("input[type=checkbox]").nth(1).check()
        await form.locator("input[name=gist]").fill("修路没有修完")
        await form.locator("input[name=unit]").fill("上苇")
        await form.locator("button").last.click()
        await pg.wait_for_load_state()
        await pg.screenshot(path=f"/tmp/msx/shots/split-bad-{w}.png", full_page=True)
        form = pg.locator('form[action$="/split"]').first
        await form.locator("input[name=unit]").fill("上苇村")
        await form.locator("button").last.click()
        await pg.wait_for_load_state()
        await pg.screenshot(path=f"/tmp/msx/shots/split-part-{w}.png", full_page=True)
        await pg.goto(tip)
        await pg.screenshot(path=f"/tmp/msx/shots/split-first-{w}.png", full_page=True)
        print(w, await pg.evaluate("document.documentElement.scrollWidth"), errs)
        await ctx.close()
